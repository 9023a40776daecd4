/// Why a detector judged a row as it did: what decided, and how rare that is.
package struct RowEvidence: Equatable, Sendable {
  package var measure: RowMeasure
  /// The measure's own figure at this row, and what is usual or nearest to it.
  package var actual: Double
  package var typical: Double
  /// Probability of the measure's figure, or a larger one, in rows like those before; above 0, at most 1.
  package var tail: Double
  /// What was compared with the threshold: deviations, a sum, a surprise.
  package var statistic: Double
  package var threshold: Double
  /// Rows that the judgement rests on.
  package var rows: Int
  /// It exceeds, but lies within the rest after an anomaly: no news.
  package var isResting = false

  package init(
    measure: RowMeasure, actual: Double, typical: Double, tail: Double, statistic: Double,
    threshold: Double, rows: Int, isResting: Bool = false
  ) {
    self.measure = measure
    self.actual = actual
    self.typical = typical
    self.tail = tail
    self.statistic = statistic
    self.threshold = threshold
    self.rows = rows
    self.isResting = isResting
  }
}

/// What a detector looks at; its raw value is its name in output.
package enum RowMeasure: String, Sendable {
  case value
  case shortMean = "short_mean"
  case residual
  case shortResidual = "short_residual"
  case movement
  case shape
  case deviation
  case upwardSum = "upward_sum"
  case downwardSum = "downward_sum"
  case weightedMean = "weighted_mean"
  case step
  case trend
  case spike
  case dip
  case distribution

  /// Those of the ensemble.
  static let novelties: [RowMeasure] = [
    .value, .shortMean, .residual, .shortResidual, .movement, .shape,
  ]
}
