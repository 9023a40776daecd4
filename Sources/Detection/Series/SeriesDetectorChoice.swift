/// What `detect` was asked for: a detector by its name, its window and its threshold.
package struct SeriesDetectorChoice: Equatable, Sendable {
  package static let names = [
    Ensemble.name, RollingZScore.name, TwoSigma.name, RobustDeviation.name,
    SeasonalDeviation.name, ChangePoint.name, WeightedMean.name, CumulativeSum.name,
  ]
  /// The one that runs where none is named.
  package static let standard = Ensemble.name

  package var name: String
  /// Rows, 2 to 100,000; the ensemble has none, since all of the past is its window.
  package var window: Int
  /// In the detector's own measure; nil for its own.
  package var threshold: Double?

  package init(name: String, window: Int = 60, threshold: Double? = nil) {
    self.name = name
    self.window = max(2, min(window, 100_000))
    self.threshold = threshold
  }

  /// The threshold in force; nil for a name that no detector has.
  package var effectiveThreshold: Double? {
    let own: Double? =
      switch name {
      case Ensemble.name: EnsembleSettings().threshold
      case RollingZScore.name: 3
      case TwoSigma.name: 2
      case RobustDeviation.name: RobustDeviation.threshold
      case SeasonalDeviation.name: SeasonalDeviation.threshold
      case ChangePoint.name: ChangePoint.threshold
      case WeightedMean.name: WeightedMean.threshold
      case CumulativeSum.name: CumulativeSum.threshold
      default: nil
      }
    return own.map { threshold ?? $0 }
  }

  /// The detector of that name; nil where there is none.
  package func make() -> (any SeriesDetector)? {
    guard let threshold = effectiveThreshold else { return nil }
    switch name {
    case Ensemble.name:
      var settings = EnsembleSettings()
      settings.threshold = threshold
      return Ensemble(settings)
    case RollingZScore.name: return PlainZScore(window: window, threshold: threshold)
    case TwoSigma.name: return PlainTwoSigma(window: window, threshold: threshold)
    case RobustDeviation.name: return RobustDeviation(window: window, threshold: threshold)
    case SeasonalDeviation.name: return SeasonalDeviation(window: window, threshold: threshold)
    case ChangePoint.name: return ChangePoint(window: window, threshold: threshold)
    case WeightedMean.name: return WeightedMean(window: window, threshold: threshold)
    case CumulativeSum.name: return CumulativeSum(window: window, threshold: threshold)
    default: return nil
    }
  }
}
