internal import Flow
internal import Output

/// One pass of `analyze` over the input.
struct AnalysisPass {
  enum Outcome { case ended, needsArchiveOrder }

  let writer: EventWriter
  private let analysis: Analysis
  private let metering: Metering

  init(_ plan: RunPlan, _ sinks: EventWriter.Sinks, order: InputOrder) throws {
    let settings = plan.settings
    let entries = settings.analysis.entriesFile == nil ? nil : plan.entryWriter()
    writer = EventWriter(
      sinks, form: OutputSinks.form(settings), failOn: settings.analysis.failOn, entries: entries)
    let casebook = RunCasebook(
      fields: plan.fields, sources: plan.sourceNames, keepsMinutesOpen: order == .any)
    analysis = try Analysis(
      settings: settings.analysis, order: order,
      arrival: settings.isLive ? .asWritten : .merged, inputName: plan.inputName,
      casebook: casebook,
      fields: plan.fields, rules: plan.rules, output: writer)
    metering = try Metering(settings.analysis, sinks.metricEvents, plan, analysis)
  }

  func run(_ plan: RunPlan) -> Outcome {
    plan.run(into: metering.target)
    if analysis.needsArchiveOrder {
      _ = metering.finish()
      return .needsArchiveOrder
    }
    analysis.finish()
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
