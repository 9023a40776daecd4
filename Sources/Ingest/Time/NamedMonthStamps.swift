import Bytes
import Model

/// Stamps that name the month.
extension StampReader {
  /// `Mar  1 09:30:00`, `Mar 01, 2026 9:30:00 AM`, `Sun Mar  1 09:30:00.125 UTC 2026`,
  /// `Sun, 01 Mar 2026 09:30:00 GMT`, `Sunday, 01-Mar-26 09:30:00 GMT`.
  func readLetters(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    var from = at
    if let end = MonthName.weekdayEnd(text, at) {
      from = end + 1
      guard from < text.count else { return nil }
      if text[from].isDigit {
        let end = text.digitsEnd(from)
        guard end - from <= 2, text.holds(0x20, at: end) || text.holds(0x2d, at: end) else {
          return nil
        }
        return readNamedMonth(text, day: text.digits(from, end - from), mark: text[end], end + 1)
      }
    }
    let month = MonthName.read(text, from)
    guard month > 0 else { return nil }
    let monthEnd = MonthName.end(of: month, text, from)
    guard text.holds(0x20, at: monthEnd) else { return nil }
    let dayAt = text.holds(0x20, at: monthEnd + 1) ? monthEnd + 2 : monthEnd + 1
    let dayEnd = text.digitsEnd(dayAt)
    guard (1...2).contains(dayEnd - dayAt), dayEnd + 1 < text.count else { return nil }
    var parts = StampParts()
    parts.isYearless = true
    parts.month = month
    parts.day = text.digits(dayAt, dayEnd - dayAt)
    let timeAt = text[dayEnd] == 0x2c ? dayEnd + 2 : dayEnd + 1
    guard parts.day > 0, text[timeAt - 1] == 0x20 else { return nil }
    let early = text.digits(timeAt, 4)
    if early >= 1970, text.holds(0x20, at: timeAt + 4) {
      parts.year = early
      parts.isYearless = false
      guard parts.readTime(text, timeAt + 5) else { return nil }
      return stamp(text, parts)
    }
    guard parts.readTime(text, timeAt) else { return nil }
    return readLateYear(text, parts)
  }

  /// The year behind the time of day, with a zone before or after it, where they stand there.
  private func readLateYear(_ text: Span<UInt8>, _ parts: StampParts) -> Stamp? {
    var parts = parts
    var before: (offset: Int?, end: Int)?
    var at = parts.end
    if at < text.count, text[at] == 0x20, let found = StampZone.read(text, at) {
      before = found
      at = found.end
    }
    let late = text.digits(at + 1, 4)
    let end = at + 5
    if text.holds(0x20, at: at), (1970...2199).contains(late),
      end >= text.count || !(text[end].isNameByte || text[end] == 0x3a)
    {
      parts.year = late
      parts.isYearless = false
      parts.end = end
      guard var stamp = stamp(text, parts) else { return nil }
      guard let before, !stamp.hasZone else { return stamp }
      if let stated = before.offset {
        // Read as a local time of the input's zone; `local` undoes that.
        guard let local = local(parts) else { return nil }
        stamp.time = local.advanced(byNanoseconds: Int64(stated) * -1_000_000_000)
        stamp.hasZone = true
      } else {
        stamp.hasUnknownZone = true
      }
      return stamp
    }
    return stamp(text, parts)
  }

  /// `/Mar/2026:09:30:00 +0000`, `-Mar-2026 09:30:00.125`, ` Mar 2026 09:30:00`, from the month on.
  func readNamedMonth(_ text: Span<UInt8>, day: Int, mark: UInt8, _ at: Int) -> Stamp? {
    var parts = StampParts()
    parts.day = day
    parts.month = MonthName.read(text, at)
    guard parts.month > 0, day > 0, mark != 0x2e, text.holds(mark, at: at + 3) else { return nil }
    let yearEnd = text.digitsEnd(at + 4)
    let width = yearEnd - at - 4
    if width == 4 || width == 2 && mark == 0x2d, yearEnd < text.count {
      let year = text.digits(at + 4, width)
      parts.year = width == 4 ? year : 2000 + year
      let joint = text[yearEnd]
      guard joint == 0x3a || joint == 0x20 || joint == 0x54, parts.readTime(text, yearEnd + 1)
      else { return nil }
    } else {
      parts.isYearless = true
      guard mark == 0x20, parts.readTime(text, at + 4) else { return nil }
    }
    return stamp(text, parts)
  }
}
