import Bytes
import Model

/// Reads the stamps that logs begin with: ISO 8601 and its cousins, syslog's, CLF's, asctime's, epochs.
///
/// A stamp without a year is placed by the anchor; one without an offset is in the input's zone. Years 1970 to
/// 2199. Which notations there are: `DatedStamps`, `NamedMonthStamps`.
struct StampReader {
  let anchor: YearAnchor
  /// Of stamps that tell no offset.
  let zone: InputZone

  /// The stamp at `at`, or nil.
  func read(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    guard at >= 0, at + 8 <= text.count else { return nil }
    let first = text[at]
    if first.isDigit { return readDigits(text, at) }
    if first == 0x40 { return readMarked(text, at + 1) }
    return first.isLetter ? readLetters(text, at) : nil
  }

  private func readDigits(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    let width = text.digitsEnd(at) - at
    switch width {
    case 4: return readYearFirst(text, at)
    case 1, 2: return readDayFirst(text, at, width)
    case 6, 8: return readPacked(text, at, width)
    case 10, 13, 16, 19: return readEpoch(text, at, width)
    default: return nil
    }
  }

  /// Behind an `@`: an epoch, or a TAI64N label as multilog and svlogd write it.
  private func readMarked(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    if let label = TAI64Stamp.read(text, at) { return label }
    let width = text.digitsEnd(at) - at
    return width >= 10 ? readEpoch(text, at, width) : nil
  }

  /// The moment of `parts`, with the zone behind them read.
  @inline(__always)
  func stamp(_ text: Span<UInt8>, _ parts: StampParts, hasT: Bool = false) -> Stamp? {
    guard let local = local(parts) else { return nil }
    var stamp = Stamp(time: local, digits: parts.digits, end: parts.end, hasT: hasT)
    var stated: Int?
    if parts.end < text.count, let found = StampZone.read(text, parts.end) {
      stated = found.offset
      stamp.end = found.end
      stamp.hasZone = found.offset != nil
      stamp.hasUnknownZone = found.offset == nil
    }
    let east = stated ?? zone.offset(ofLocal: local)
    if stamp.end < text.count, text[stamp.end].isAlphanumeric { return nil }
    stamp.hasYear = !parts.isYearless
    stamp.time = local.advanced(byNanoseconds: -Int64(east) * 1_000_000_000)
    return stamp
  }

  /// The moment of a date and time of day, as if it were UTC.
  @inline(__always)
  func local(_ parts: StampParts) -> Timestamp? {
    if parts.isYearless {
      return anchor.time(
        month: parts.month, day: parts.day, hour: parts.hour, minute: parts.minute,
        second: parts.second, nanosecond: parts.nanosecond)
    }
    guard (1970...2199).contains(parts.year) else { return nil }
    return CivilTime(
      year: parts.year, month: parts.month, day: parts.day, hour: parts.hour,
      minute: parts.minute, second: parts.second, nanosecond: parts.nanosecond
    ).timestamp
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, by their width.
  private func readEpoch(_ text: Span<UInt8>, _ at: Int, _ width: Int) -> Stamp? {
    let value = text.digits(at, width)
    let seconds: Int
    var nanoseconds = 0
    var digits = 0
    var end = at + width
    switch width {
    case 10:
      seconds = value
      if text.holds(0x2e, at: end) {
        var fraction = 0
        var next = end + 1
        while next < text.count, digits < 9, text[next].isDigit {
          fraction = fraction * 10 + Int(text[next] &- 0x30)
          digits += 1
          next += 1
        }
        if digits > 0 {
          for _ in digits..<9 { fraction *= 10 }
          nanoseconds = fraction
          end = text.digitsEnd(next)
        }
      }
    case 13:
      seconds = value / 1000
      nanoseconds = value % 1000 * 1_000_000
      digits = 3
    case 16:
      seconds = value / 1_000_000
      nanoseconds = value % 1_000_000 * 1000
      digits = 6
    default:
      seconds = value / 1_000_000_000
      nanoseconds = value % 1_000_000_000
      digits = 9
    }
    guard seconds >= 500_000_000, seconds < 4_102_444_800 else { return nil }
    guard end >= text.count || !text[end].isNameByte else { return nil }
    return Stamp(
      time: Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(nanoseconds)),
      digits: UInt8(digits), end: end, hasZone: true)
  }
}
