/// Decimal numbers as trading systems print them, with thousands separated by commas or not.
enum DecimalNumber {
  /// Powers of ten that are exact as a Double.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18,
  ]

  /// The number's value, rounded once; nil where the bytes are none, or it is not finite.
  ///
  /// Up to 15 digits are read without an allocation (Clinger 1990: a quotient of two exact numbers).
  static func parse(_ text: Span<UInt8>) -> Double? {
    var at = 0
    let isNegative = text.count > 0 && text[0] == 0x2d
    if isNegative || (text.count > 0 && text[0] == 0x2b) { at = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = -1
    while at < text.count {
      let byte = text[at]
      if byte &- 0x30 < 10 {
        if digits == 15 { return slow(text) }
        mantissa = mantissa * 10 + UInt64(byte - 0x30)
        digits += mantissa == 0 ? 0 : 1
        if decimals >= 0 { decimals += 1 }
        if decimals > 18 { return slow(text) }
      } else if byte == 0x2e, decimals < 0 {
        decimals = 0
      } else if byte != 0x2c || decimals >= 0 || at == 0 {
        return slow(text)
      }
      at += 1
    }
    guard at > 0, text[text.count - 1] &- 0x30 < 10 else { return nil }
    let value = Double(mantissa) / powers[max(decimals, 0)]
    return isNegative ? -value : value
  }

  private static func slow(_ text: Span<UInt8>) -> Double? {
    guard text.count <= 64 else { return nil }
    var kept = ""
    for at in 0..<text.count where text[at] != 0x2c {
      kept.unicodeScalars.append(Unicode.Scalar(text[at]))
    }
    guard let last = kept.utf8.last, last &- 0x30 < 10 else { return nil }
    guard let value = Double(kept), value.isFinite else { return nil }
    return value
  }
}
