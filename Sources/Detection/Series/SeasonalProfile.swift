internal import Model

/// What a series shows at this time of day and of the week: means that fade from visit to visit.
///
/// Bins over a week and over a day, and a level. A bin is an exponentially weighted mean whose memory is counted in
/// visits, however many rows a visit has: weight max(1/rows, visit weight · step/width). It is read with weights
/// 1-2-1 over its neighbours; where rows are farther apart than a bin is wide, neighbours are as far apart as rows. The week's bin counts once it has been seen, else the day's, else the level.
///
/// Day and week are those of the stamps as they are written, or UTC. No period is searched for: whatever else
/// comes in rhythm (shifts of 8 hours aside, which a day holds) is not known here.
/// - Memory: 3.8 kB a profile with bins of 30 minutes, 23 kB with 5; O(1) a row. Means are Double: squares of readable values
///   leave Float's range.
struct SeasonalProfile: Sendable {
  private static let day: Int64 = 86_400_000_000_000

  /// Which memory an expectation comes from.
  enum Source: Sendable { case week, day, level, none }

  private var weekMeans: [Double]
  private var weekRows: [UInt16]
  private var dayMeans: [Double]
  private var dayRows: [UInt16]
  private let width: Int64
  /// What means are relative to, so that small differences of large values are held: the first value.
  private var origin = 0.0
  private var level = 0.0
  private var levelRows = 0
  private let visitWeight: Double
  private let levelWeight: Double

  /// - Parameter binMinutes: a divisor of a day's 1,440.
  init(binMinutes: Int, visitWeight: Double, levelWeight: Double) {
    width = Int64(binMinutes) * 60_000_000_000
    let bins = 1440 / binMinutes
    weekMeans = Array(repeating: 0, count: 7 * bins)
    weekRows = Array(repeating: 0, count: 7 * bins)
    dayMeans = Array(repeating: 0, count: bins)
    dayRows = Array(repeating: 0, count: bins)
    self.visitWeight = visitWeight
    self.levelWeight = levelWeight
  }

  /// The expectation at a moment.
  ///
  /// - Parameter visits: as many a bin must have seen to be believed; 0 for one row.
  func expected(
    at time: Timestamp, step: Int64, visits: Int = 0
  ) -> (value: Double, source: Source) {
    guard levelRows > 0 else { return (0, .none) }
    let bin = bin(of: time)
    let stride = Int(min(Int64(weekMeans.count), max(1, step / width)))
    let needed = max(1, visits * Int(max(1, min(1000, width / max(step, 1)))))
    if let value = Self.read(weekMeans, weekRows, bin, stride, needed) {
      return (origin + value, .week)
    }
    if let value = Self.read(dayMeans, dayRows, bin % dayMeans.count, stride, needed) {
      return (origin + value, .day)
    }
    return (origin + level, .level)
  }

  /// The mean of late, whatever the time of day.
  var latest: Double { origin + level }

  mutating func learn(_ value: Double, at time: Timestamp, step: Int64) {
    if levelRows == 0 { origin = value }
    let relative = value - origin
    levelRows += 1
    level += max(1 / Double(levelRows), levelWeight) * (relative - level)
    let bin = bin(of: time)
    let share = visitWeight * min(1, Double(max(step, 1)) / Double(width))
    Self.add(relative, to: &weekMeans[bin], &weekRows[bin], share)
    let hour = bin % dayMeans.count
    Self.add(relative, to: &dayMeans[hour], &dayRows[hour], share)
  }

  private func bin(of time: Timestamp) -> Int {
    let week = Self.day * 7
    let within = time.nanoseconds % week
    return Int((within < 0 ? within + week : within) / width)
  }

  private static func read(
    _ means: [Double], _ rows: [UInt16], _ bin: Int, _ stride: Int, _ needed: Int
  ) -> Double? {
    guard Int(rows[bin]) >= needed else { return nil }
    let count = means.count
    var sum = 2 * means[bin]
    var weight = 2.0
    for neighbour in [(bin + stride) % count, (bin + count - stride % count) % count]
    where rows[neighbour] > 0 {
      sum += means[neighbour]
      weight += 1
    }
    return sum / weight
  }

  private static func add(
    _ value: Double, to mean: inout Double, _ rows: inout UInt16, _ share: Double
  ) {
    if rows < .max { rows += 1 }
    mean += max(1 / Double(rows), share) * (value - mean)
  }
}
