internal import Model

/// A moment as `--since` and `--until` take it: fixed, or told from the run's start or the input's end.
///
/// journalctl's syntax (systemd.time(7)): `2026-03-01`, `2026-03-01 09:30[:15]`, RFC 3339, `09:30`,
/// `today`, `yesterday`, `now`, `-3h`, `@1772357400`; and `now-15m`, `end-30m`.
enum TimeBound: Equatable, Sendable {
  case at(Timestamp)
  /// Nanoseconds after (negative: before) the start of the run.
  case fromNow(Int64)
  /// Nanoseconds before the last entry of the input.
  case beforeEnd(Int64)
  /// Time of day or whole days before the day on which the run began.
  case onDay(daysAgo: Int, nanoseconds: Int64)

  init(_ text: String, flag: String) throws(UsageError) {
    let wrong = UsageError(
      "--\(flag): \(text.quotedForMessage) is not a time",
      hint: "write 2026-03-01 09:30, an RFC 3339 stamp, today, -3h, now-15m, end-30m or @SECONDS")
    switch text {
    case "now": self = .fromNow(0)
    case "today": self = .onDay(daysAgo: 0, nanoseconds: 0)
    case "yesterday": self = .onDay(daysAgo: 1, nanoseconds: 0)
    case "tomorrow": self = .onDay(daysAgo: -1, nanoseconds: 0)
    case "end": self = .beforeEnd(0)
    default:
      if text.hasPrefix("now-") || text.hasPrefix("now+") {
        let span = try Values.duration(String(text.dropFirst(4)), flag: flag)
        self = .fromNow(text.hasPrefix("now-") ? -span : span)
      } else if text.hasPrefix("end-") {
        self = .beforeEnd(try Values.duration(String(text.dropFirst(4)), flag: flag))
      } else if text.hasPrefix("-") || text.hasPrefix("+") {
        let span = try Values.duration(String(text.dropFirst()), flag: flag)
        self = .fromNow(text.hasPrefix("-") ? -span : span)
      } else if text.hasPrefix("@"), let seconds = Double(text.dropFirst()),
        abs(seconds) < 9.2e9
      {
        self = .at(Timestamp(nanoseconds: Int64(seconds * 1e9)))
      } else if let fixed = Self.fixed(text) {
        self = fixed
      } else {
        throw wrong
      }
    }
  }

  /// The moment, for a run that began at `now` (UTC) and an input whose last entry is at `end`.
  func timestamp(now: Timestamp, end: Timestamp?) -> Timestamp? {
    switch self {
    case .at(let time): return time
    case .fromNow(let delta): return now.advanced(byNanoseconds: delta)
    case .beforeEnd(let span): return end?.advanced(byNanoseconds: -span)
    case .onDay(let daysAgo, let nanoseconds):
      let day = now.nanoseconds / 86_400_000_000_000 - Int64(daysAgo)
      return Timestamp(seconds: day * 86_400).advanced(byNanoseconds: nanoseconds)
    }
  }

  private static func fixed(_ text: String) -> TimeBound? {
    var rest = Substring(text)
    var zone: Int64 = 0
    if rest.last == "Z" || rest.last == "z" {
      rest.removeLast()
    } else if rest.count > 16, let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }),
      rest.distance(from: rest.startIndex, to: sign) > 10,
      let offset = try? Values.zone(String(rest[sign...]), flag: "")
    {
      zone = Int64(offset)
      rest = rest[..<sign]
    }
    let parts = rest.split(whereSeparator: { $0 == " " || $0 == "T" })
    if parts.count == 1, let time = clock(parts[0]) { return .onDay(daysAgo: 0, nanoseconds: time) }
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let date = first.split(separator: "-").compactMap { Int($0) }
    let time = parts.count == 2 ? clock(parts[1]) : 0
    guard date.count == 3, let time,
      let day = CivilTime(year: date[0], month: date[1], day: date[2]).timestamp
    else { return nil }
    return .at(day.advanced(byNanoseconds: time - zone * 1_000_000_000))
  }

  /// Nanoseconds of `HH:MM[:SS[.fraction]]`.
  private static func clock(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":")
    guard parts.count == 2 || parts.count == 3, let hour = Int64(parts[0]), (0...23).contains(hour),
      let minute = Int64(parts[1]), (0...59).contains(minute)
    else { return nil }
    let seconds = parts.count == 3 ? Double(parts[2]) : 0
    guard let seconds, (0..<61).contains(seconds) else { return nil }
    return (hour * 3600 + minute * 60) * 1_000_000_000 + Int64(seconds * 1e9)
  }
}
