package import Model

/// How a program's traffic follows the clock; the factors of a weekday have a mean of 1.
package enum Rhythm: Sendable {
  case flat, office, market, night
  /// Timers: bursts at the full hour and every five minutes.
  case hourly

  /// The traffic's factor in a minute (UTC).
  package func factor(at minute: Minute) -> Double {
    let number = Int(minute.number)
    let day = number >= 0 ? number / 1440 : (number - 1439) / 1440
    let ofDay = number - day * 1440
    let weekday = ((day + 4) % 7 + 7) % 7
    let rest = weekday == 0 || weekday == 6
    switch self {
    case .flat: return 1
    case .hourly: return ofDay % 60 == 0 ? 5 : ofDay % 5 == 0 ? 2 : 0.6875
    case .office: return Rhythm.read(Rhythm.officeHours, ofDay) * (rest ? 0.45 : 1)
    case .market: return Rhythm.read(Rhythm.marketHours, ofDay) * (rest ? 0.3 : 1)
    case .night: return Rhythm.read(Rhythm.nightHours, ofDay)
    }
  }

  private static func read(_ hours: [Double], _ minuteOfDay: Int) -> Double {
    let hour = minuteOfDay / 60
    let part = Double(minuteOfDay % 60) / 60
    return hours[hour] * (1 - part) + hours[(hour + 1) % 24] * part
  }

  private static func normalised(_ hours: [Double]) -> [Double] {
    let mean = hours.reduce(0, +) / Double(hours.count)
    return hours.map { $0 / mean }
  }

  private static let officeHours = normalised([
    4, 3, 3, 3, 3, 4, 6, 10, 15, 18, 19, 19, 17, 18, 19, 19, 18, 16, 13, 10, 9, 8, 6, 5,
  ])
  private static let marketHours = normalised([
    5, 5, 5, 5, 5, 6, 9, 16, 20, 18, 17, 16, 15, 17, 21, 22, 20, 17, 13, 11, 9, 7, 6, 5,
  ])
  private static let nightHours = normalised([
    30, 40, 45, 40, 30, 20, 10, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 8, 8, 8, 10, 15, 20,
  ])
}
