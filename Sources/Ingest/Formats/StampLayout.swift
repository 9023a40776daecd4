import Bytes
import Model

/// Reads a stamp by a layout in strptime's words: `%d%m%Y %H%M%S`.
///
/// Taken are `%Y %y %m %b %d %e %j %H %M %S %f %z %s %%`; any other byte stands for itself, and a blank
/// for blanks. `%f` are 1 to 9 fractional digits; `%z` is an offset or `Z`.
enum StampLayout {
  static func read(
    _ text: Span<UInt8>, _ start: Int, _ layout: Span<UInt8>, _ reader: StampReader
  ) -> Stamp? {
    var parts = StampParts()
    parts.isYearless = true
    parts.month = 1
    parts.day = 1
    var dayOfYear = 0
    var at = start
    var place = 0
    while place < layout.count {
      let byte = layout[place]
      place += 1
      guard byte == 0x25, place < layout.count else {
        if byte == 0x20 {
          at = text.skipBlanks(at)
        } else {
          guard text.holds(byte, at: at) else { return nil }
          at += 1
        }
        continue
      }
      let word = layout[place]
      place += 1
      switch word {
      case 0x62:
        parts.month = MonthName.read(text, at)
        at += 3
      case 0x7a:
        parts.end = at
        return finished(text, parts, dayOfYear, reader)
      case 0x66:
        let end = min(text.digitsEnd(at), at + 9)
        guard end > at else { return nil }
        var value = text.digits(at, end - at)
        for _ in (end - at)..<9 { value *= 10 }
        parts.nanosecond = value
        parts.digits = UInt8(end - at)
        at = end
      case 0x73:
        let end = text.digitsEnd(at)
        return reader.read(text.extracting(..<end), at)
      case 0x25:
        guard text.holds(0x25, at: at) else { return nil }
        at += 1
      default:
        guard let width = width(word) else { return nil }
        if word == 0x65 { at = text.skipBlanks(at) }
        let end = word == 0x65 ? min(text.digitsEnd(at), at + 2) : at + width
        let value = text.digits(at, end - at)
        guard value >= 0, end > at else { return nil }
        if word == 0x6a { dayOfYear = value } else { parts.set(word, value) }
        at = end
      }
    }
    parts.end = at
    return finished(text.extracting(..<min(at, text.count)), parts, dayOfYear, reader)
  }

  private static func width(_ word: UInt8) -> Int? {
    switch word {
    case 0x59: 4
    case 0x6a: 3
    case 0x79, 0x6d, 0x64, 0x65, 0x48, 0x4d, 0x53: 2
    default: nil
    }
  }

  private static func finished(
    _ text: Span<UInt8>, _ parts: StampParts, _ dayOfYear: Int, _ reader: StampReader
  ) -> Stamp? {
    guard parts.month > 0, parts.hour < 24, parts.minute < 60, parts.second <= 60,
      var stamp = reader.stamp(text, parts)
    else { return nil }
    if dayOfYear > 1 {
      stamp.time = stamp.time.advanced(
        byNanoseconds: Int64(dayOfYear - 1) * 86_400_000_000_000)
    }
    return stamp
  }
}

extension StampParts {
  /// Sets the part that a word of strptime stands for.
  fileprivate mutating func set(_ word: UInt8, _ value: Int) {
    switch word {
    case 0x59:
      year = value
      isYearless = false
    case 0x79:
      year = value < 69 ? 2000 + value : 1900 + value
      isYearless = false
    case 0x6d: month = value
    case 0x64, 0x65: day = value
    case 0x48: hour = value
    case 0x4d: minute = value
    default: second = value
    }
  }
}
