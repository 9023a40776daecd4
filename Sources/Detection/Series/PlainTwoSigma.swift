package import Model

/// The 2-sigma rule on plain rows, two-sided: over the last `window` rows, the judged one included.
///
/// An anomaly where |x − mean| > threshold · population standard deviation, n ≥ 10 (all of a smaller
/// window). Values that are not finite are no anomaly and are not learned.
package struct PlainTwoSigma: SeriesDetector, Sendable {
  private var rows: RowRing
  private let warmUp: Int
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = 2) {
    rows = RowRing(capacity: max(2, window))
    warmUp = max(2, min(TwoSigma.warmUp, window))
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    var verdict = RowVerdict()
    guard value.isFinite else { return verdict }
    rows.push(value)
    guard rows.count >= warmUp else { return verdict }
    let (mean, squares) = rows.moments
    let deviation = (squares / Double(rows.count)).squareRoot()
    let z = deviation > 0 ? (value - mean) / deviation : 0
    verdict.score = RowVerdict.score(ofDeviations: z)
    verdict.isAnomaly = abs(value - mean) > threshold * deviation
    verdict.expected = mean
    verdict.lower = mean - threshold * deviation
    verdict.upper = mean + threshold * deviation
    return verdict
  }
}
