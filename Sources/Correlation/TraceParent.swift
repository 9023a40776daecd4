internal import Bytes

/// A `traceparent` header (W3C Trace Context section 3.2): where its ids stand in the text.
package struct TraceParent: Equatable, Sendable {
  /// 32 lower-case hexadecimal digits, not all zero.
  package var trace: Range<Int>
  /// 16 lower-case hexadecimal digits, not all zero.
  package var span: Range<Int>
  package var isSampled: Bool

  /// The length of version 00, and the part of higher versions that is known.
  private static let length = 55

  /// Reads a header; nil where it is none. Of versions above 00 the first 55 characters are read.
  package init?(_ text: Span<UInt8>) {
    guard text.count >= Self.length else { return nil }
    guard text[2] == 0x2d, text[35] == 0x2d, text[52] == 0x2d else { return nil }
    guard
      let version = Self.hex(text, 0..<2), version != 0xff,
      Self.hex(text, 3..<35) != nil, Self.hex(text, 36..<52) != nil,
      let flags = Self.hex(text, 53..<55)
    else { return nil }
    if text.count > Self.length {
      guard version > 0, text[Self.length] == 0x2d else { return nil }
    }
    guard !Self.isZero(text, 3..<35), !Self.isZero(text, 36..<52) else { return nil }
    trace = 3..<35
    span = 36..<52
    isSampled = flags & 1 == 1
  }

  /// The last digits' value; nil where one is no lower-case hexadecimal digit.
  private static func hex(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var value: UInt64 = 0
    for at in range {
      let byte = text[at]
      if byte &- 0x30 < 10 {
        value = value << 4 | UInt64(byte - 0x30)
      } else if byte &- 0x61 < 6 {
        value = value << 4 | UInt64(byte - 0x57)
      } else {
        return nil
      }
    }
    return value
  }

  private static func isZero(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for at in range where text[at] != 0x30 { return false }
    return true
  }
}
