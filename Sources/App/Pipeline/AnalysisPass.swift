internal import Flow
internal import Output

/// One pass of `analyze` over the input.
struct AnalysisPass {
  enum Outcome { case ended, needsArchiveOrder }

  let writer: EventWriter
  private let analysis: Analysis
  private let target: any MergeTarget

  init(
    _ plan: RunPlan, _ sinks: EventWriter.Sinks, _ metering: Metering?, order: InputOrder
  ) throws {
    let settings = plan.settings
    let entries = settings.analysis.entriesFile == nil ? nil : plan.entryWriter()
    writer = EventWriter(
      sinks, form: OutputSinks.form(settings), failOn: settings.analysis.failOn, entries: entries)
    let casebook = RunCasebook(
      fields: plan.fields, sources: plan.sourceNames, keepsMinutesOpen: order == .any)
    analysis = try Analysis(
      settings: settings.analysis, order: order, inputName: plan.inputName, casebook: casebook,
      output: writer)
    analysis.minuteMetrics = sinks.metricEvents.map { MinuteMetrics($0) }
    target = metering?.begin(analysis) ?? analysis
  }

  func run(_ plan: RunPlan) -> Outcome {
    plan.run(into: target)
    if analysis.needsArchiveOrder { return .needsArchiveOrder }
    analysis.finish()
    return .ended
  }

  /// Writes the summary, which ends the run.
  func finish(_ plan: RunPlan) -> RunSummary {
    let summary = SummaryMaker.summary(of: analysis, writer, plan)
    writer.finish(summary)
    return summary
  }
}
