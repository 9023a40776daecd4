package import Model

/// A detector over a plain time series, row by row, never looking ahead: what `detect` runs.
package protocol SeriesDetector {
  mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict
}

/// What a detector says of one row.
package struct RowVerdict: Equatable, Sendable {
  /// 0 to 1: t / (t + 3) with t = −log10 of the two-sided tail probability, so that one in a thousand
  /// is 0.5 whatever the series; it grows with |z| and never reaches 1.
  package var score = 0.0
  package var isAnomaly = false
  package var expected: Double?
  package var lower: Double?
  package var upper: Double?
  /// What decided; nil while the detector warms up, and from the two detectors of plain definition.
  package var evidence: RowEvidence?

  package init() {}

  package static func score(ofDeviations z: Double) -> Double {
    score(ofSurprise: CountTail.normalSurprise(z))
  }

  /// The score of a tail probability given as −log10 p: one in a thousand is 0.5.
  static func score(ofSurprise surprise: Double) -> Double {
    let known = max(0, surprise)
    return known / (known + 3)
  }
}
