internal import Flow
internal import Output

/// One pass of `analyze` over the input.
struct AnalysisPass {
  enum Outcome { case ended, needsArchiveOrder }

  let writer: EventWriter
  let analysis: Analysis
  private let metering: Metering

  /// - Parameters:
  ///   - form: how events are written.
  ///   - inputName: how the input is called in a command line.
  ///   - state: what is kept over restarts.
  ///   - lateness: for which minutes stay open, in nanoseconds.
  init(
    _ plan: RunPlan, _ sinks: EventWriter.Sinks, order: InputOrder, form: EventForm? = nil,
    inputName: String? = nil, lateness: Int64? = nil, state: StateSession? = nil
  ) throws {
    var settings = plan.settings
    settings.analysis.lateness = lateness ?? settings.analysis.lateness
    let entries = settings.analysis.entriesFile == nil ? nil : plan.entryWriter()
    writer = EventWriter(
      sinks, form: form ?? OutputSinks.form(settings), failOn: settings.analysis.failOn,
      entries: entries)
    let casebook = RunCasebook(
      fields: plan.fields, sources: plan.sourceNames, keepsMinutesOpen: order == .any)
    analysis = try Analysis(
      settings: settings.analysis, order: order,
      arrival: settings.isLive ? .asWritten : .merged, inputName: inputName ?? plan.inputName,
      casebook: casebook, fields: plan.fields, rules: plan.rules, output: writer)
    if let state {
      analysis.keep(in: state, writesHourly: order == .stream)
      if order != .expected { state.forget() }
    }
    metering = try Metering(settings.analysis, sinks.metricEvents, plan, analysis)
  }

  /// - Parameter read: reads all input into what it is given.
  func run(_ read: (any MergeTarget) -> Void) -> Outcome {
    read(metering.target)
    if analysis.needsArchiveOrder {
      _ = metering.finish()
      return .needsArchiveOrder
    }
    analysis.finish()
    analysis.state?.write(analysis)
    return .ended
  }

  /// Writes the summary, which ends the run.
  func finish(_ plan: RunPlan) -> RunSummary {
    let summary = SummaryMaker.summary(of: analysis, writer, plan)
    writer.finish(summary)
    return summary
  }

  /// Writes the last metrics, and tells what of them could not be written.
  func finishMetrics() -> SinkFailure? { metering.finish() }
}
