package import Model

/// Times and durations as people read them.
package enum TextTime {
  /// `2026-03-01 09:30`, with seconds where they aren't zero.
  package static func stamp(_ time: Timestamp, _ zone: TextZone) -> String {
    guard time.isKnown else { return "unknown" }
    let civil = local(time, zone)
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day)) \(clock(civil))"
  }

  /// `09:30`, with seconds where they aren't zero.
  static func clock(_ time: Timestamp, _ zone: TextZone) -> String {
    time.isKnown ? clock(local(time, zone)) : "unknown"
  }

  /// `09:30 to 09:45`, with dates where they differ from each other, and the zone.
  static func span(_ start: Timestamp, _ end: Timestamp, _ zone: TextZone) -> String {
    let first = local(start, zone)
    let last = local(end, zone)
    let isSameDay = first.year == last.year && first.month == last.month && first.day == last.day
    let tail = isSameDay ? clock(last) : stamp(end, zone)
    return "\(stamp(start, zone)) to \(tail) \(zone.offset(end).name)"
  }

  /// `1.5 s`, `40 s`, `15 min`, `2 h 5 min`, `3 d 4 h`.
  static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 10 { return "\(TextNumber.short(seconds)) s" }
    if seconds < 120 { return "\(Int(seconds.rounded())) s" }
    let minutes = Int(min(seconds, 1e15) / 60)
    if minutes < 120 { return "\(minutes) min" }
    let hours = minutes / 60
    if hours < 48 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
    return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func local(_ time: Timestamp, _ zone: TextZone) -> CivilTime {
    let shift = Int64(zone.offset(time).seconds) * 1_000_000_000
    return CivilTime(time.advanced(byNanoseconds: shift))
  }

  private static func clock(_ civil: CivilTime) -> String {
    let minute = "\(two(civil.hour)):\(two(civil.minute))"
    return civil.second == 0 ? minute : "\(minute):\(two(civil.second))"
  }
}

/// Numbers as people read them.
package enum TextNumber {
  /// `12,345`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: at))
      at -= 3
    }
    return number < 0 ? "-\(digits)" : digits
  }

  /// Whole numbers grouped, others with one decimal, small ones with two.
  static func short(_ number: Double) -> String {
    guard number.isFinite else { return "?" }
    if number == number.rounded() || abs(number) >= 1000 {
      return abs(number) < 1e15 ? grouped(Int(number.rounded())) : "\(number)"
    }
    let scale = abs(number) < 1 ? 100.0 : 10.0
    let scaled = Int((abs(number) * scale).rounded())
    let sign = number < 0 && scaled > 0 ? "-" : ""
    let whole = scaled / Int(scale)
    let rest = scaled % Int(scale)
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(scale == 100 ? TextTime.two(rest) : String(rest))"
  }

  /// `1 incident`, `2 incidents`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `12.3 %`.
  package static func percent(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "<0.1 %" : "\(short((share * 1000).rounded() / 10)) %"
  }
}
