/// A rule in POSIX's words, as it stands in the footer of a zone's file: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
  /// A day of the year and the local time at which clocks are changed.
  struct Day {
    enum Form { case month(Int, week: Int, weekday: Int), julian(Int), dayOfYear(Int) }
    var form: Form
    /// Seconds after midnight; may be negative or over a day (RFC 9636 section 3.3.1).
    var time: Int64 = 7200

    /// The local second, counted as if it were UTC.
    func second(in year: Int) -> Int64 {
      let day: Int
      switch form {
      case .month(let month, let week, let weekday):
        let first = CivilTime.days(year: year, month: month, day: 1)
        // 1970-01-01 was a Thursday.
        let ofFirst = ((first + 4) % 7 + 7) % 7
        var offset = (weekday - ofFirst + 7) % 7 + (week - 1) * 7
        while offset >= CivilTime.length(ofMonth: month, year: year) { offset -= 7 }
        day = first + offset
      case .julian(let number):
        let isLeap = CivilTime.length(ofMonth: 2, year: year) == 29
        day =
          CivilTime.days(year: year, month: 1, day: 1) + number - 1
          + (isLeap && number >= 60 ? 1 : 0)
      case .dayOfYear(let number): day = CivilTime.days(year: year, month: 1, day: 1) + number
      }
      return Int64(day) * 86_400 + time
    }
  }

  private(set) var standardName = ""
  /// Seconds east of UTC.
  private(set) var standardOffset: Int32 = 0
  private(set) var daylight: (name: String, offset: Int32, start: Day, end: Day)?

  init?(_ text: String) {
    var rest = Substring(text)
    guard let name = Self.name(&rest), let west = Self.seconds(&rest) else { return nil }
    standardName = name
    standardOffset = Int32(-west)
    if rest.isEmpty { return }
    guard let summer = Self.name(&rest) else { return nil }
    var offset = standardOffset + 3600
    if rest.first != ",", let west = Self.seconds(&rest) { offset = Int32(-west) }
    guard let start = Self.day(&rest), let end = Self.day(&rest), rest.isEmpty else { return nil }
    daylight = (summer, offset, start, end)
  }

  private static func name(_ rest: inout Substring) -> String? {
    let name: Substring
    if rest.first == "<" {
      guard let close = rest.firstIndex(of: ">") else { return nil }
      name = rest[rest.index(after: rest.startIndex)..<close]
      rest = rest[rest.index(after: close)...]
    } else {
      name = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(name.count)
    }
    return name.isEmpty ? nil : String(name)
  }

  /// `[+-]hh[:mm[:ss]]`
  private static func seconds(_ rest: inout Substring) -> Int? {
    var sign = 1
    if rest.first == "-" || rest.first == "+" {
      sign = rest.first == "-" ? -1 : 1
      rest = rest.dropFirst()
    }
    guard var total = number(&rest).map({ $0 * 3600 }), total <= 167 * 3600 else { return nil }
    for unit in [60, 1] where rest.first == ":" {
      rest = rest.dropFirst()
      guard let value = number(&rest), value < 60 else { return nil }
      total += value * unit
    }
    return sign * total
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 3, let value = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return value
  }

  /// `,M3.5.0/2`, `,J60`, `,59`
  private static func day(_ rest: inout Substring) -> Day? {
    guard rest.first == "," else { return nil }
    rest = rest.dropFirst()
    var form: Day.Form
    if rest.first == "M" {
      rest = rest.dropFirst()
      var parts: [Int] = []
      for index in 0..<3 {
        if index > 0 {
          guard rest.first == "." else { return nil }
          rest = rest.dropFirst()
        }
        guard let value = number(&rest) else { return nil }
        parts.append(value)
      }
      guard (1...12).contains(parts[0]), (1...5).contains(parts[1]), (0...6).contains(parts[2])
      else { return nil }
      form = .month(parts[0], week: parts[1], weekday: parts[2])
    } else if rest.first == "J" {
      rest = rest.dropFirst()
      guard let value = number(&rest), (1...365).contains(value) else { return nil }
      form = .julian(value)
    } else {
      guard let value = number(&rest), value <= 365 else { return nil }
      form = .dayOfYear(value)
    }
    var day = Day(form: form)
    if rest.first == "/" {
      rest = rest.dropFirst()
      guard let time = seconds(&rest) else { return nil }
      day.time = Int64(time)
    }
    return day
  }
}
