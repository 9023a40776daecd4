extension RowVerdict {
  /// The verdict of a detector that counts deviations: z = (value − expected) / scale, 0 where scale is 0.
  init(_ value: Double, expected: Double, scale: Double, threshold: Double, rows: Int) {
    self.init()
    let z = scale > 0 ? (value - expected) / scale : 0
    score = RowVerdict.score(ofDeviations: z)
    isAnomaly = abs(z) >= threshold
    self.expected = expected
    lower = expected - threshold * scale
    upper = expected + threshold * scale
    evidence = RowEvidence(
      measure: .deviation, actual: value, typical: expected,
      tail: CountTail.probability(ofSurprise: CountTail.normalSurprise(z)), statistic: z,
      threshold: threshold, rows: rows)
  }

}

extension Double {
  /// Finite, and small enough that sums and squares of differences stay so.
  var isReadable: Bool { isFinite && abs(self) < 1e150 }
}
