package import Model

/// The same minute of the week, and of the day while the week is young, as it has been before.
///
/// Expected is the profile's mean in bins of 5 minutes (weight of a visit 0.2, read 1-2-1 over neighbours), from the
/// week's bin once three weeks have passed through it, from the day's after three days, before that the level of
/// the last `window` rows. z = (x − expected) / s, s² the mean squared deviation of the same bin, at least a
/// twenty-fifth of that of late, so that a bin that never varied doesn't jump at its first change. An anomaly
/// where |z| ≥ 4: rows of five minutes have a z of 3 once a day by chance. What is learned is held to
/// 4 s, so that an anomaly moves its bin little. The idea is that of exponential smoothing with seasonal indices
/// (Winters 1960, DOI 10.1287/mnsc.6.3.324), bin by bin.
///
/// - Can't see: what stays within the rhythm's own spread; any rhythm other than day and week.
/// - Cost: O(1) a row; 46 kB.
package struct SeasonalDeviation: SeriesDetector, Sendable {
  package static let name = "seasonal"
  package static let threshold = 4.0
  static let warmUp = 10
  /// Visits before a bin is believed.
  static let visits = 3

  private var pace = RowPace()
  private var means: SeasonalProfile
  private var squares: SeasonalProfile
  private var rows = 0
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = SeasonalDeviation.threshold) {
    let level = 2 / (Double(max(2, window)) + 1)
    means = SeasonalProfile(binMinutes: 5, visitWeight: 0.2, levelWeight: level)
    squares = SeasonalProfile(binMinutes: 5, visitWeight: 0.2, levelWeight: level)
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    guard value.isReadable else { return RowVerdict() }
    pace.learn(time)
    let step = pace.step ?? 0
    let (expected, source) = means.expected(at: time, step: step, visits: Self.visits)
    let square = squares.expected(at: time, step: step, visits: Self.visits).value
    let variance = max(square, squares.latest / 25, 0)
    let scale = variance.squareRoot()
    var verdict = RowVerdict()
    if rows >= Self.warmUp {
      verdict = RowVerdict(
        value, expected: expected, scale: scale, threshold: threshold, rows: rows)
    }
    rows += 1
    let deviation = source == .none ? 0 : value - expected
    let bound = rows > Self.warmUp && scale > 0 ? 4 * scale : .infinity
    let held = min(max(deviation, -bound), bound)
    means.learn(source == .none ? value : expected + held, at: time, step: step)
    squares.learn(held * held, at: time, step: step)
    return verdict
  }
}
