internal import Bytes
internal import Model

/// Reads a moment out of a field's text: `2026-03-02T10:00:00`, a blank or `T` between, what follows is
/// passed over; read as UTC.
enum StampText {
  static func timestamp(_ text: Span<UInt8>) -> Timestamp? {
    guard text.count >= 19, text[4] == 0x2d, text[7] == 0x2d, text[13] == 0x3a, text[16] == 0x3a,
      let year = digits(text, 0, 4), let month = digits(text, 5, 2), let day = digits(text, 8, 2),
      let hour = digits(text, 11, 2), let minute = digits(text, 14, 2),
      let second = digits(text, 17, 2)
    else { return nil }
    return CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second
    ).timestamp
  }

  private static func digits(_ text: Span<UInt8>, _ from: Int, _ count: Int) -> Int? {
    var value = 0
    for at in from..<(from + count) {
      guard text[at] &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(text[at] &- 0x30)
    }
    return value
  }
}
