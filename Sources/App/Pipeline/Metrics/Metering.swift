internal import Bytes
internal import Flow
internal import Output
internal import Packs

/// The metrics side of a run: what `--metrics` and `--metric-events` ask for, from its start to its end.
struct Metering {
  /// What the feed is to run into: the analysis, with a meter before it where one was asked for.
  let target: any MergeTarget
  private let analysis: Analysis
  private let file: MetricsFile?
  private let thread: BackgroundThread?
  private let snapshot: RunMetrics

  /// Begins the counts anew, as a second pass over the input must.
  ///
  /// - Parameter events: where each minute's metrics go, if anywhere.
  init(
    _ settings: AnalysisSettings, _ events: (any LineSink)?, _ plan: RunPlan,
    _ analysis: Analysis
  ) throws(SinkFailure) {
    self.analysis = analysis
    plan.meter.reset()
    if let events { analysis.minuteMetrics = MinuteMetrics(events) }
    let tally = EventTally()
    snapshot = RunMetrics(
      tally: tally, meter: plan.meter, patterns: plan.patternNames)
    guard let path = settings.metricsFile else {
      file = nil
      thread = nil
      target = analysis
      return
    }
    let file = try MetricsFile(path, interval: settings.metricsInterval)
    analysis.eventTally = tally
    target = MeteredTarget(analysis, snapshot, board: file.board, isLive: plan.settings.isLive)
    thread = file.start()
    self.file = file
  }

  /// Writes what is left when the run is over, and tells what could not be written.
  func finish() -> SinkFailure? {
    let failure = file?.finish(snapshot.families(of: analysis), thread)
    if case .failed(let other) = analysis.minuteMetrics?.state { return failure ?? other }
    return failure
  }
}
