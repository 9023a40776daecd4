internal import Bytes
internal import Flow
internal import Output
internal import Packs

/// The metrics side of a run with `--metrics`, from its start to its end.
final class Metering {
  private let plan: RunPlan
  private let file: MetricsFile
  private let thread: BackgroundThread?
  private var pass: (analysis: Analysis, metrics: RunMetrics)?

  /// Nil where no metrics were asked for.
  init?(_ plan: RunPlan) throws(SinkFailure) {
    let settings = plan.settings.analysis
    guard let path = settings.metricsFile else { return nil }
    self.plan = plan
    file = try MetricsFile(path, interval: settings.metricsInterval)
    thread = file.start()
  }

  /// What the feed is to run into: the analysis, with the meter before it.
  ///
  /// A pass that begins anew takes the counters back to nothing, as a restart would.
  func begin(_ analysis: Analysis) -> any MergeTarget {
    plan.meter.reset()
    let tally = EventTally()
    analysis.eventTally = tally
    let metrics = RunMetrics(
      tally: tally, meter: plan.meter, patterns: plan.library.patterns.map(\.id))
    pass = (analysis, metrics)
    return MeteredTarget(analysis, metrics, board: file.board, isLive: plan.settings.isLive)
  }

  /// Writes the last values when the run is over, and tells what could not be written.
  func finish() -> SinkFailure? {
    file.finish(pass.map { $0.metrics.families(of: $0.analysis) } ?? [], thread)
  }
}
