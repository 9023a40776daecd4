import Bytes

/// Stamps whose date is all digits.
extension StampReader {
  /// `2026-03-01T09:30:00.125Z`, `2026/03/01 09:30:00`, `2026-03-01-09.30.00.125000`.
  @inline(__always)
  func readYearFirst(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    guard at + 14 < text.count else { return nil }
    let mark = text[at + 4]
    guard mark == 0x2d || mark == 0x2f || mark == 0x2e, text[at + 7] == mark else { return nil }
    var parts = StampParts()
    parts.year = text.digits(at, 4)
    parts.month = text.digits(at + 5, 2)
    parts.day = text.digits(at + 8, 2)
    guard parts.month > 0, parts.day > 0 else { return nil }
    let joint = text[at + 10]
    guard let from = timeStart(text, at + 10), parts.readTime(text, from) else { return nil }
    return stamp(text, parts, hasT: joint == 0x54)
  }

  /// Where the time of day behind a date starts: behind `T`, a blank or two, `_`, `-`, `:` or ` - `.
  @inline(__always)
  private func timeStart(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard at + 1 < text.count else { return nil }
    switch text[at] {
    case 0x54, 0x74, 0x5f, 0x2d, 0x3a, 0x09: return at + 1
    case 0x20:
      if text[at + 1] == 0x2d, text.holds(0x20, at: at + 2) { return at + 3 }
      return text[at + 1] == 0x20 ? at + 2 : at + 1
    default: return nil
    }
  }

  /// A date that begins with one or two digits: `17/06/09`, `03/17/2026`, `17.03.2026`, `03-17`,
  /// `17/Mar/2026`, `17-Mar-2026`, `17 Mar 2026`.
  ///
  /// With slashes a four-digit year stands last and the month first, unless that is over 12; with a
  /// two-digit year the year stands first. With dots and dashes the day stands first.
  func readDayFirst(_ text: Span<UInt8>, _ at: Int, _ width: Int) -> Stamp? {
    let next = at + width
    guard next + 3 < text.count else { return nil }
    let mark = text[next]
    guard mark == 0x2f || mark == 0x2d || mark == 0x2e || mark == 0x20 else { return nil }
    if text[next + 1].isLetter {
      return readNamedMonth(text, day: text.digits(at, width), mark: mark, next + 1)
    }
    guard mark != 0x20 else { return nil }
    let first = text.digits(at, width)
    let secondEnd = text.digitsEnd(next + 1)
    guard (1...2).contains(secondEnd - next - 1), secondEnd < text.count else { return nil }
    let second = text.digits(next + 1, secondEnd - next - 1)
    guard text[secondEnd] == mark else {
      return mark == 0x2d && width == 2 ? readYearless(text, first, second, secondEnd) : nil
    }
    let yearEnd = text.digitsEnd(secondEnd + 1)
    let third = text.digits(secondEnd + 1, yearEnd - secondEnd - 1)
    var parts = StampParts()
    switch yearEnd - secondEnd - 1 {
    case 2 where mark == 0x2f && width == 2:
      parts.year = 2000 + first
      parts.month = second
      parts.day = third
    case 4:
      let isMonthFirst = mark == 0x2f && first <= 12
      parts.year = third
      parts.month = isMonthFirst ? first : second
      parts.day = isMonthFirst ? second : first
    default: return nil
    }
    guard parts.month > 0, parts.day > 0, let from = timeStart(text, yearEnd),
      parts.readTime(text, from)
    else { return nil }
    return stamp(text, parts)
  }

  /// `03-17 16:13:38.811`, as Android writes it.
  private func readYearless(
    _ text: Span<UInt8>, _ month: Int, _ day: Int, _ at: Int
  ) -> Stamp? {
    var parts = StampParts()
    parts.isYearless = true
    parts.month = month
    parts.day = day
    guard month > 0, day > 0, text[at] == 0x20, parts.readTime(text, at + 1) else { return nil }
    return stamp(text, parts)
  }

  /// `081109 203615`, `230501 10:00:01`, `20171223-22:15:29:606`, `20260301T093000`.
  func readPacked(_ text: Span<UInt8>, _ at: Int, _ width: Int) -> Stamp? {
    var parts = StampParts()
    let date = text.digits(at, width)
    parts.year = width == 6 ? 2000 + date / 10000 : date / 10000
    parts.month = date / 100 % 100
    parts.day = date % 100
    guard parts.month > 0, parts.month <= 12, parts.day > 0,
      let from = timeStart(text, at + width), parts.readTime(text, from)
    else { return nil }
    return stamp(text, parts)
  }
}
