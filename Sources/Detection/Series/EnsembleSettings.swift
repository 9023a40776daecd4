/// What the ensemble is built with. The defaults stand on a broad maximum: docs/detectors.md has what other values give.
package struct EnsembleSettings: Sendable {
  /// Surprise from which a row is an anomaly; 1.45 and 1.65 find nearly the same.
  package var threshold = 1.55
  /// Rows before the first judgement: a tail probability needs a past.
  package var warmUp = 50
  /// Exponent k of the power mean of 1/p: 1 is the harmonic mean, ∞ Bonferroni's least p.
  package var power = 0.6
  /// By how much the wanted surprise grows with each tenfold history: ½ lies half way between a constant rate
  /// of alarms (0) and a constant number of them (1).
  package var spending = 0.5
  /// Rows of the short means, of the mean movement, and of a frame of a shape.
  package var shortRows = 3
  package var movementRows = 12
  package var frameRows = 4
  /// Places of a memory of values or shapes.
  package var capacity = 128
  /// Share of the past that makes up the tail.
  package var tailShare = 0.02
  /// Largest −log10 p of one measure, so that none decides for all of them whatever its size.
  package var cap = 6.0
  /// Weight of a visit in the profile of day and week, and of a row in the level.
  package var visitWeight = 0.2
  package var levelWeight = 0.005
  /// Rest after an anomaly, the longer of both counts: hours, and share of the rows so far.
  package var restHours = 6.0
  package var restShare = 0.03
  /// What an anomaly must have over the last one to be told within the rest, in surprise: a hundred times rarer.
  package var again = 2.0

  package init() {}
}
