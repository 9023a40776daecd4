/// The forms in which a value may stand encoded in a log.
enum SigmaEncodings {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// RFC 4648 section 4, padded.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var word: UInt32 = 0
      for index in 0..<3 { word = word << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
      for index in 0..<4 {
        out.append(
          index <= count ? alphabet[Int(word >> UInt32(18 - 6 * index)) & 63] : 0x3d)
      }
    }
    return out
  }

  /// What stands in the encoding of any text that holds `bytes`: one form for each of the three
  /// offsets, without the characters that depend on what stands around it.
  static func base64Offsets(_ bytes: [UInt8]) -> [[UInt8]] {
    (0..<3).map { offset in
      let whole = base64([UInt8](repeating: 0x20, count: offset) + bytes)
      let first = [0, 2, 3][offset]
      let last = [0, 3, 2][(bytes.count + offset) % 3]
      return Array(whole[first..<max(first, whole.count - last)])
    }
  }

  /// UTF-16, a byte order mark before it where one is wanted.
  static func wide(_ bytes: [UInt8], bigEndian: Bool, marked: Bool = false) -> [UInt8] {
    let units = (marked ? [0xfeff] : []) + Array(String(decoding: bytes, as: UTF8.self).utf16)
    return units.flatMap { unit in
      let low = UInt8(unit & 0xff)
      let high = UInt8(unit >> 8)
      return bigEndian ? [high, low] : [low, high]
    }
  }

  /// The signs that Windows' programs take for the dash of a flag.
  private static let dashes: [[UInt16]] = ["-", "/", "–", "—", "―"].map {
    $0.utf8.map { UInt16($0) }
  }

  /// A value with each dash that begins a word as any of five signs; above three such dashes, all of them
  /// as the same sign.
  static func dashForms(_ text: SigmaText) -> [SigmaText] {
    let places = text.tokens.indices.filter { at in
      guard text.tokens[at] == 0x2d || text.tokens[at] == 0x2f else { return false }
      let before = at > 0 ? text.tokens[at - 1] : 0x20
      let next = at + 1 < text.tokens.count ? text.tokens[at + 1] : 0x20
      return !isWord(before) && isWord(next)
    }
    if places.isEmpty { return [text] }
    var forms: [[UInt16]] = [[]]
    for at in text.tokens.indices {
      guard let number = places.firstIndex(of: at) else {
        for index in forms.indices { forms[index].append(text.tokens[at]) }
        continue
      }
      if places.count <= 3 || number == 0 {
        forms = forms.flatMap { form in dashes.map { form + $0 } }
      } else {
        for index in forms.indices { forms[index] += dashes[index] }
      }
    }
    return forms.map { SigmaText(tokens: $0) }
  }

  private static func isWord(_ token: UInt16) -> Bool {
    guard token < 256 else { return false }
    let byte = UInt8(token)
    return byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5f
  }
}
