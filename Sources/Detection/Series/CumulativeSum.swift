internal import Glibc
package import Model

/// Cumulative sums of what exceeds half a deviation (CUSUM): drifts too slow for any single row to show.
///
/// With z = (x − mean) / s over ten windows of rows: U = max(0, U + z − ½), D = max(0, D − z − ½), an anomaly where
/// either reaches 8 (Page 1954, DOI 10.1093/biomet/41.1-2.100), after which both start again at 0. In the long run
/// P(U ≥ h) ≈ exp(−(h + 1.166)) (Siegmund 1985, DOI 10.1007/978-1-4757-1862-1: Wald's exponent 2 · ½, and 1.166 for the
/// overshoot), of which the score is made. From 30 rows on.
///
/// - Can't see: what is over within a few rows; a rhythm, which it takes for drifts. Rows are taken to be
///   independent; where neighbours are alike, it speaks more often than it says.
/// - Cost: O(1).
package struct CumulativeSum: SeriesDetector, Sendable {
  package static let name = "cusum"
  package static let threshold = 8.0
  /// Half of the shift that is looked for, in deviations.
  static let allowance = 0.5
  static let warmUp = 30

  private var baseline: LongBaseline
  private var upward = 0.0
  private var downward = 0.0
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = CumulativeSum.threshold) {
    baseline = LongBaseline(window: window)
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    guard value.isReadable else { return RowVerdict() }
    defer { baseline.learn(value) }
    guard baseline.rows >= Self.warmUp else { return RowVerdict() }
    let mean = baseline.mean
    let deviation = baseline.deviation
    let z = deviation > 0 ? min(max((value - mean) / deviation, -1e6), 1e6) : 0
    // The rows that would carry a sum to the threshold.
    let lower = mean - (threshold - downward + Self.allowance) * deviation
    let upper = mean + (threshold - upward + Self.allowance) * deviation
    upward = max(0, upward + z - Self.allowance)
    downward = max(0, downward - z - Self.allowance)
    let sum = max(upward, downward)
    let tail = exp(-min(600, sum + 1.166))
    var verdict = RowVerdict()
    verdict.score = sum > 0 ? RowVerdict.score(ofSurprise: CountTail.surprise(tail)) : 0
    verdict.isAnomaly = sum >= threshold
    verdict.expected = mean
    verdict.lower = lower
    verdict.upper = upper
    verdict.evidence = RowEvidence(
      measure: upward >= downward ? .upwardSum : .downwardSum, actual: value, typical: mean,
      tail: tail, statistic: sum, threshold: threshold, rows: baseline.rows)
    if verdict.isAnomaly {
      upward = 0
      downward = 0
    }
    return verdict
  }
}
