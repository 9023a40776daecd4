internal import Model

/// A part of a moment that a rule may ask for; in UTC.
enum MomentPart: String, CaseIterable, Sendable {
  case minute, hour, day, week, month, year

  /// The part's number; weeks as ISO 8601 counts them, 1 to 53.
  func value(of time: Timestamp) -> Int {
    let civil = CivilTime(time)
    switch self {
    case .minute: return civil.minute
    case .hour: return civil.hour
    case .day: return civil.day
    case .month: return civil.month
    case .year: return civil.year
    case .week: return Self.week(civil)
    }
  }

  /// The week of the year that the week's Thursday falls into.
  private static func week(_ civil: CivilTime) -> Int {
    let days = CivilTime.days(year: civil.year, month: civil.month, day: civil.day)
    // 1970-01-01 was a Thursday: day 0 of the count is weekday 3 from Monday.
    let weekday = ((days + 3) % 7 + 7) % 7
    let thursday = days - weekday + 3
    let year = CivilTime(Timestamp(seconds: Int64(thursday) * 86400)).year
    return (thursday - CivilTime.days(year: year, month: 1, day: 1)) / 7 + 1
  }
}
