internal import Bytes
internal import Model

/// What a chunk that begins with a digit is.
extension MaskLexer {
  func number(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ seen: UInt8) -> Wildcard? {
    var at = start &+ digits(text, start, end)
    if at == end { return .num }
    if text[at] == 0x78 || text[at] == 0x58, at == start &+ 1, text[start] == 0x30, at &+ 1 < end {
      for index in (at &+ 1)..<end where classes[text[index]] & ByteClass.hexadecimal == 0 {
        return .id
      }
      return .hex
    }
    if text[at] == 0x2e, let tail = addressEnd(text, start, end) {
      if tail == end { return .ip }
      if text[tail] == 0x2f, digits(text, tail &+ 1, end) == end &- tail &- 1 { return .ip }
      return .any
    }
    if text[at] == 0x2e, isDigit(text, at &+ 1, end) {
      at &+= 1 &+ digits(text, at &+ 1, end)
      if at == end { return .num }
      // More dots: a version, or a name made of numbers.
      if text[at] == 0x2e { return .any }
    }
    if let unit = unit(text, at, end) { return unit }
    if wellKnown.holds(text, start, end) { return nil }
    if seen & (ByteClass.letter | ByteClass.special) == 0, let hex = hexOf(text, start, end, seen) {
      return hex
    }
    return composite(text, start, end) ? .duration : .id
  }

  /// Of a chunk without other letters.
  private func hexOf(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ seen: UInt8
  ) -> Wildcard? {
    let length = end &- start
    if seen & ByteClass.mark != 0 {
      for index in start..<end where classes[text[index]] & ByteClass.hexadecimal == 0 {
        guard text[index] == 0x2d, length == 36 else { return nil }
        let place = index &- start
        guard place == 8 || place == 13 || place == 18 || place == 23 else { return nil }
        if place == 23 { return .uuid }
      }
    }
    let isMixed =
      seen & ByteClass.lowerHex != 0 && seen & ByteClass.upperHex != 0
    return length >= (isMixed ? 8 : 4) ? .hex : nil
  }

  /// The unit that ends a number: what `at ..< end` spells, to the last byte.
  private func unit(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Wildcard? {
    let length = end &- at
    guard length >= 1, length <= 5 else { return nil }
    var packed: UInt64 = 0
    for index in at..<end { packed = packed << 8 | UInt64(text[index]) }
    switch packed {
    case 0x73, 0x6d73, 0x7573, 0x6e73, 0xc2b573, 0xcebc73, 0x6d, 0x68, 0x64, 0x6d696e, 0x736563,
      0x73656373, 0x6d696e73, 0x687273, 0x64617973, 0x6d736563, 0x75736563:
      // s ms us ns µs µs m h d min sec secs mins hrs days msec usec
      return .duration
    case 0x42, 0x4b, 0x4d, 0x47, 0x54, 0x6b, 0x6b42, 0x4b42, 0x4d42, 0x4742, 0x5442, 0x5042,
      0x4b69, 0x4d69, 0x4769, 0x5469, 0x4b6942, 0x4d6942, 0x476942, 0x546942, 0x6b62, 0x6d62,
      0x6762, 0x6b6942, 0x6279746573:
      // B K M G T k kB KB MB GB TB PB Ki Mi Gi Ti KiB MiB GiB TiB kb mb gb kiB bytes
      return .size
    case 0x25, 0x78, 0x2b, 0x2d, 0x7374, 0x6e64, 0x7264, 0x7468, 0x487a, 0x6b487a, 0x4d487a,
      0x47487a, 0x43, 0x46, 0x56, 0x57, 0x4c, 0x6b627073, 0x4d627073, 0x47627073, 0x707078:
      // % x + - st nd rd th Hz kHz MHz GHz C F V W L kbps Mbps Gbps ppx
      return .num
    default: break
    }
    // An exponent.
    guard text[at] | 0x20 == 0x65 else { return nil }
    var from = at &+ 1
    if from < end, text[from] == 0x2b || text[from] == 0x2d { from &+= 1 }
    return from < end && digits(text, from, end) == end &- from ? .num : nil
  }

  /// Whether it is a duration of several units: `1h2m3.5s`, `2min30s`, `1d`.
  private func composite(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end {
      let whole = digits(text, at, end)
      guard whole > 0 else { return false }
      at &+= whole
      if at < end, text[at] == 0x2e { at &+= 1 &+ digits(text, at &+ 1, end) }
      var unitEnd = at
      while unitEnd < end, text[unitEnd] &- 0x30 >= 10 { unitEnd &+= 1 }
      guard case .duration? = unit(text, at, unitEnd) else { return false }
      at = unitEnd
    }
    return true
  }
}
