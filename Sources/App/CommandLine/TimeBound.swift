internal import Model

/// A moment as `--since` and `--until` take it: fixed, or told from the run's start or the input's end.
///
/// journalctl's syntax (systemd.time(7)): `2026-03-01`, `2026-03-01 09:30[:15]`, RFC 3339, `09:30`,
/// `today`, `yesterday`, `now`, `-2h30min`, `3 days ago`, `+1h`, `@1772357400`, a weekday before a date, a
/// zone behind a time (`UTC`, `+02:00`, `Asia/Tokyo`); and `now-15m`, `end-30m`. UTC where none is named.
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
      } else if text.hasSuffix(" ago") {
        self = .fromNow(-(try Values.duration(String(text.dropLast(4)), flag: flag)))
      } else if text.hasPrefix("@"), let time = Self.epoch(text.dropFirst()) {
        self = .at(time)
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

  /// Seconds since 1970 with at most nine digits of a fraction, to the digit.
  private static func epoch(_ text: Substring) -> Timestamp? {
    let isNegative = text.first == "-"
    let parts = (isNegative ? text.dropFirst() : text).split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let seconds = Int64(parts[0]), (0..<9_200_000_000).contains(seconds)
    else { return nil }
    var nanoseconds: Int64 = 0
    if parts.count == 2 {
      let digits = parts[1]
      guard (1...9).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
        let value = Int64(digits + String(repeating: "0", count: 9 - digits.count))
      else { return nil }
      nanoseconds = value
    }
    let total = seconds * 1_000_000_000 + nanoseconds
    return Timestamp(nanoseconds: isNegative ? -total : total)
  }

  /// A date, a time of day or both, behind a weekday and before a zone.
  private static func fixed(_ text: String) -> TimeBound? {
    var words = text.split(separator: " ")
    var weekday: Int?
    if let first = words.first, let day = Self.weekday(first) {
      weekday = day
      words.removeFirst()
    }
    var zone = InputZone()
    var isZoned = false
    if words.count > 1, let last = words.last, last.first?.isNumber == false {
      guard let read = try? Zones.read(String(last), flag: "") else { return nil }
      zone = read
      isZoned = true
      words.removeLast()
    }
    guard var rest = words.first.map({ Substring(words.dropFirst().reduce($0) { $0 + "T" + $1 }) })
    else { return nil }
    if !isZoned, let (time, read) = zoneBehind(rest) {
      rest = time
      zone = read
      isZoned = true
    }
    let parts = rest.split(separator: "T")
    if parts.count == 1, weekday == nil, !isZoned, let time = clock(parts[0]) {
      return .onDay(daysAgo: 0, nanoseconds: time)
    }
    guard let first = parts.first, parts.count <= 2, var date = date(first),
      let time = parts.count == 2 ? clock(parts[1]) : 0
    else { return nil }
    date.second = 0
    guard let day = date.timestamp, weekday.map({ $0 == Self.weekday(of: day) }) ?? true else {
      return nil
    }
    let local = day.advanced(byNanoseconds: time)
    return .at(
      local.advanced(byNanoseconds: Int64(zone.offset(ofLocal: local)) * -1_000_000_000))
  }

  /// `2026-03-01`, or `26-03-01` (which systemd takes for the same).
  private static func date(_ text: Substring) -> CivilTime? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4 || parts[0].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    let century = year < 69 ? 2000 : 1900
    return CivilTime(
      year: parts[0].count == 2 ? century + year : year, month: month, day: day)
  }

  /// The `Z` or offset that a time ends in, as in RFC 3339.
  private static func zoneBehind(_ text: Substring) -> (Substring, InputZone)? {
    if text.last == "Z" || text.last == "z" { return (text.dropLast(), InputZone()) }
    guard text.count > 16, let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
      text.distance(from: text.startIndex, to: sign) > 10,
      let offset = try? Values.zone(String(text[sign...]), flag: "")
    else { return nil }
    return (text[..<sign], InputZone(seconds: offset))
  }

  /// 0 for Sunday, by its English name or the three letters that it begins with.
  private static func weekday(_ text: Substring) -> Int? {
    let names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    let word = text.lowercased()
    return names.firstIndex { $0 == word || $0.prefix(3) == word }
  }

  private static func weekday(of day: Timestamp) -> Int {
    Int(((day.nanoseconds / 86_400_000_000_000 + 4) % 7 + 7) % 7)
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
