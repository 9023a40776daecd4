/// The grammar of JSON numbers (RFC 8259 section 6).
enum JSONNumber {
  static func isValid(_ text: Span<UInt8>) -> Bool {
    var at = 0
    let end = text.count
    if at < end, text[at] == 0x2d { at += 1 }
    guard at < end, isDigit(text[at]) else { return false }
    if text[at] == 0x30 {
      at += 1
    } else {
      at = skipDigits(text, from: at)
    }
    if at < end, text[at] == 0x2e {
      let fraction = at + 1
      at = skipDigits(text, from: fraction)
      if at == fraction { return false }
    }
    if at < end, text[at] | 0x20 == 0x65 {
      at += 1
      if at < end, text[at] == 0x2b || text[at] == 0x2d { at += 1 }
      let exponent = at
      at = skipDigits(text, from: exponent)
      if at == exponent { return false }
    }
    return at == end
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func skipDigits(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count, isDigit(text[at]) { at += 1 }
    return at
  }
}
