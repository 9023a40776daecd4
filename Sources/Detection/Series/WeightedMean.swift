package import Model

/// An exponentially weighted moving average against a long baseline (EWMA chart): small lasting shifts.
///
/// E = 0.1 x + 0.9 E; z = (E − mean) / (s √(0.1/1.9)), mean and s over ten windows of rows; an anomaly where
/// |z| ≥ 4 (Roberts 1959, DOI 10.1080/00401706.1959.10489860; Lucas and Saccucci 1990,
/// DOI 10.1080/00401706.1990.10484583). After one the average starts again at the mean, so that it is told once for
/// every run of rows that carry it there. From 30 rows on.
///
/// - Can't see: a single row, unless it is huge; a rhythm, which it takes for shifts. Its probability holds for rows
///   that are independent of each other; where neighbours are alike, it speaks more often than it says.
/// - Cost: O(1).
package struct WeightedMean: SeriesDetector, Sendable {
  package static let name = "ewma"
  package static let threshold = 4.0
  static let weight = 0.1
  static let warmUp = 30

  private var baseline: LongBaseline
  private var average: Double?
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = WeightedMean.threshold) {
    baseline = LongBaseline(window: window)
    self.threshold = threshold
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    guard value.isReadable else { return RowVerdict() }
    let mean = baseline.mean
    let now = (1 - Self.weight) * (average ?? value) + Self.weight * value
    average = now
    defer { baseline.learn(value) }
    guard baseline.rows >= Self.warmUp else { return RowVerdict() }
    let scale = baseline.deviation * (Self.weight / (2 - Self.weight)).squareRoot()
    var verdict = RowVerdict(
      now, expected: mean, scale: scale, threshold: threshold, rows: baseline.rows)
    verdict.evidence?.measure = .weightedMean
    if verdict.isAnomaly { average = mean }
    return verdict
  }
}
