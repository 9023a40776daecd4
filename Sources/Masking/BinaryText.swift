import Bytes

/// Tells bytes that are no text in any encoding from text with a few broken characters.
///
/// A message is binary where one byte in twenty of its first 1,024 is a control character that no text
/// holds: anything below space but tab, line breaks and escape. Random bytes have one in ten; text in an
/// old encoding has none, however many of its letters are no UTF-8.
enum BinaryText {
  /// Bytes looked at. More would cost time on long garbage, fewer would let one stray control decide.
  static let sampleBytes = 1024
  static let share = 20

  /// Masks a binary message: `<*>` for all of them, so that one group holds them; tells the bytes written.
  static func mask(into out: inout MutableSpan<UInt8>) -> Int {
    out[0] = 0x3c
    out[1] = 0x2a
    out[2] = 0x3e
    return 3
  }

  static func holds(_ message: Span<UInt8>) -> Bool {
    let count = min(message.count, sampleBytes)
    var controls = 0
    for at in 0..<count where message[at] < 0x20 && !isLayout(message[at]) { controls += 1 }
    return controls > 1 && controls * share > count
  }

  /// Tab, line feed, vertical tab, form feed, carriage return, and the escape that begins a colour.
  private static func isLayout(_ byte: UInt8) -> Bool {
    byte &- 0x09 < 5 || byte == 0x1b
  }
}
