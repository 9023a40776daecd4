internal import Glibc
package import Model

/// The ensemble: how new is this row against *all* of the series' own past.
///
/// What deviates from a recent mean happens all day; what has never been seen here is worth a look. For each row
/// six measures of novelty (the value, its short mean, both against the time of day and week, how much the series
/// moves, the shape of the last rows) are each turned into a tail probability p on their own past. They are merged
/// by a power mean of 1/p, which is valid whatever their dependence up to a constant (Vovk & Wang 2020,
/// DOI 10.1093/biomet/asaa027):
///
///     S = (1/k) log10 mean (1/p)^k − ½ (log10 row − 3)        k = 0.6
///
/// An anomaly is S ≥ 1.55 outside the rest that follows one. The second term lets the probability at the threshold
/// fall as 1/√row: a constant one is too strict on short series and too lax on long ones.
/// `anomaly_score` is S / (S + threshold), halved within a rest: 0.5 is the threshold, on every series.
/// `expected` is the profile of day and week, the band 99 % of the past deviations from it.
///
/// - Can't see: what has happened before, however bad; the absence of rows; a rhythm other than day and week.
/// - Cost: about 3 µs a row; 28 kB a series, whatever its length. Warm-up 50 rows.
/// - Rejected: residuals of moving averages, autoregression, and seasonal means over a local scale, which all
///   find half as much; recalibrating S on its own past, which erases size.
package struct Ensemble: SeriesDetector, Sendable {
  package static let name = "ensemble"

  private let settings: EnsembleSettings
  private var pace = RowPace()
  private var profile: SeasonalProfile
  private var band = ResidualBand()
  private var measures: NoveltyMeasures
  private var rest: RestRule
  private var rows = 0

  package init(_ settings: EnsembleSettings = EnsembleSettings()) {
    self.settings = settings
    profile = SeasonalProfile(
      binMinutes: 30, visitWeight: settings.visitWeight, levelWeight: settings.levelWeight)
    measures = NoveltyMeasures(settings)
    rest = RestRule(threshold: settings.threshold, again: settings.again)
  }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    var verdict = RowVerdict()
    guard value.isFinite, abs(value) < 1e300 else { return verdict }
    rows += 1
    pace.learn(time)
    let step = pace.step ?? 0
    let (expected, source) = profile.expected(at: time, step: step)
    let residual = source == .none ? 0 : value - expected
    let (merged, strongest) = measures.judge(value, residual: residual, row: rows)
    if rows > settings.warmUp {
      let (lower, upper) = band.bounds
      verdict.expected = expected
      verdict.lower = expected + lower
      verdict.upper = expected + upper
      let wanted = settings.spending * (log10(Double(rows)) - 3)
      let surprise = max(0, merged - wanted)
      let state = rest.judge(surprise, row: rows, rest: restRows(step))
      verdict.isAnomaly = state == .news
      verdict.score =
        surprise / (surprise + settings.threshold) * (state == .resting ? 0.5 : 1)
      verdict.evidence = evidence(strongest, surprise, state)
    }
    band.learn(residual)
    profile.learn(value, at: time, step: step)
    return verdict
  }

  private func restRows(_ step: Int64) -> Int {
    let share = settings.restShare * Double(rows)
    let hours = step > 0 ? settings.restHours * 3.6e12 / Double(step) : 0
    return Int(min(1e15, max(share, hours)))
  }

  private func evidence(
    _ answer: NoveltyMeasures.Answer, _ surprise: Double, _ state: RestRule.Verdict
  ) -> RowEvidence {
    RowEvidence(
      measure: answer.measure, actual: answer.actual, typical: answer.typical, tail: answer.tail,
      statistic: surprise, threshold: settings.threshold, rows: rows - 1,
      isResting: state == .resting)
  }
}
