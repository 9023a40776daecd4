internal import Glibc
internal import Model

/// Where an axis has its ticks: round numbers, round times.
enum PlotAxis {
  /// Three to eight multiples of 1, 2 or 5 times a power of ten within the range.
  static func numbers(from low: Double, to high: Double) -> [Double] {
    guard low.isFinite, high.isFinite, high > low, (high - low).isFinite else { return [low] }
    let rough = (high - low) / 5
    let power = pow(10, floor(log10(rough)))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
    guard step > 0, step.isFinite else { return [low] }
    var ticks: [Double] = []
    var tick = (low / step).rounded(.up) * step
    while tick <= high, ticks.count < 12 {
      ticks.append(tick)
      tick += step
    }
    return ticks
  }

  /// Steps of time, in seconds, that people count in.
  private static let steps: [Int64] = [
    1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800,
    1_209_600, 2_592_000, 7_776_000, 31_536_000, 157_680_000, 631_152_000,
  ]

  /// At most eight moments, and whether they need a date, a time of day, or both.
  static func times(from start: Timestamp, to end: Timestamp) -> [(time: Timestamp, text: String)] {
    let first = start.nanoseconds / 1_000_000_000
    let last = end.nanoseconds / 1_000_000_000
    guard last > first else { return [(start, text(start, step: 1))] }
    let step = steps.first { (last - first) / $0 <= 7 } ?? (last - first) / 7 + 1
    var ticks: [(Timestamp, String)] = []
    var second = first - first % step
    while second <= last, ticks.count < 12 {
      if second >= first {
        let time = Timestamp(seconds: second)
        ticks.append((time, text(time, step: step)))
      }
      second += step
    }
    return ticks
  }

  private static func text(_ time: Timestamp, step: Int64) -> String {
    let civil = CivilTime(time)
    let date = "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
    if step >= 86_400 { return date }
    let clock = "\(two(civil.hour)):\(two(civil.minute))"
    if step < 60 { return "\(clock):\(two(civil.second))" }
    return civil.hour == 0 && civil.minute == 0 ? date : clock
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
