extension UInt8 {
  /// What a hexadecimal digit of either case stands for; nil where it is none.
  @inlinable
  package var hexValue: UInt8? {
    if self &- 0x30 < 10 { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
}

extension Span<UInt8> {
  /// The number that hexadecimal digits write, 16 at most; nil where one is none.
  package func hexNumber(_ range: Range<Int>) -> UInt64? {
    guard range.count <= 16, range.lowerBound >= 0, range.upperBound <= count else { return nil }
    var number: UInt64 = 0
    for index in range {
      guard let digit = self[index].hexValue else { return nil }
      number = number << 4 | UInt64(digit)
    }
    return number
  }
}
