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

  package init() {}

  package static func score(ofDeviations z: Double) -> Double {
    let surprise = CountTail.normalSurprise(z)
    return surprise / (surprise + 3)
  }
}

/// What `detect` was asked for.
package struct SeriesDetectorChoice: Equatable, Sendable {
  package static let names = [RollingZScore.name, TwoSigma.name]

  package var name: String
  /// Rows, 2 to 100,000.
  package var window: Int
  /// Deviations; nil for the detector's own (3 and 2).
  package var threshold: Double?

  package init(name: String, window: Int = 60, threshold: Double? = nil) {
    self.name = name
    self.window = max(2, min(window, 100_000))
    self.threshold = threshold
  }

  /// The detector of that name; nil where there is none.
  package func make() -> (any SeriesDetector)? {
    switch name {
    case RollingZScore.name: PlainZScore(window: window, threshold: threshold ?? 3)
    case TwoSigma.name: PlainTwoSigma(window: window, threshold: threshold ?? 2)
    default: nil
    }
  }
}
