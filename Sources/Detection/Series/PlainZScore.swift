package import Model

/// The rolling z-score on plain rows: z = (x − mean) / s over the `window` rows before, two-sided.
///
/// s is the plain sample standard deviation, z = 0 where s is 0; an anomaly where |z| ≥ threshold, once
/// 10 rows are known (all of a smaller window). Every row is learned. Values that are not finite
/// are no anomaly and are not learned.
package struct PlainZScore: SeriesDetector, Sendable {
  private var rows: RowRing
  private let warmUp: Int
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = 3) {
    rows = RowRing(capacity: max(2, window))
    warmUp = max(2, min(RollingZScore.warmUp, window))
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    var verdict = RowVerdict()
    guard value.isFinite else { return verdict }
    if rows.count >= warmUp {
      let (mean, squares) = rows.moments
      let deviation = (squares / Double(rows.count - 1)).squareRoot()
      let z = deviation > 0 ? (value - mean) / deviation : 0
      verdict.score = RowVerdict.score(ofDeviations: z)
      verdict.isAnomaly = deviation > 0 && abs(z) >= threshold
      verdict.expected = mean
      verdict.lower = mean - threshold * deviation
      verdict.upper = mean + threshold * deviation
    }
    rows.push(value)
    return verdict
  }
}
