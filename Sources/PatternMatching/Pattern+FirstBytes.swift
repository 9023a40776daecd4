internal import CPCRE2

extension Pattern {
  /// The bytes that a text may begin with to match, by value; nil where that is not known.
  ///
  /// PCRE2 studies first bytes only of patterns that may match anywhere, so an anchored one is compiled once
  /// more without its `^`, for this question alone.
  package static func firstBytes(of source: String, isAnchored: Bool) -> [Bool]? {
    guard isAnchored, source.hasPrefix("^") else { return nil }
    let bytes = Array(source.utf8.dropFirst())
    var number: Int32 = 0
    var offset = 0
    let options = UInt32(PCRE2_NO_AUTO_CAPTURE) | UInt32(PCRE2_DUPNAMES)
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, options, &number, &offset, nil)
    }
    guard let compiled = unsafe compiled else { return nil }
    defer { unsafe pcre2_code_free_8(compiled) }
    var kind: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_FIRSTCODETYPE), &kind)
    var found = [Bool](repeating: false, count: 256)
    if kind == 1 {
      var unit: UInt32 = 0
      _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_FIRSTCODEUNIT), &unit)
      guard unit < 256 else { return nil }
      found[Int(unit)] = true
      // A literal may be matched without regard to case.
      if (unit | 0x20) &- 0x61 < 26 { found[Int(unit ^ 0x20)] = true }
      return found
    }
    var map: UnsafePointer<UInt8>?
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_FIRSTBITMAP), &map)
    guard let map = unsafe map else { return nil }
    for byte in 0..<256 {
      found[byte] = unsafe map[byte / 8] >> UInt8(byte % 8) & 1 == 1
    }
    return found
  }
}
