internal import Flow
internal import Model
internal import Output

/// `taffrail analyze`: the pipeline.
enum AnalyzeCommand {
  static let options =
    OptionTable.input + OptionTable.selection + OptionTable.packs + OptionTable.analysis
    + OptionTable.common

  static let command = Command(
    name: "analyze", summary: "Say what is wrong: insights, alerts, incidents, a summary",
    usage: "taffrail [analyze] [FLAGS] [INPUT…]", options: options,
    examples: [
      ("journalctl -o json -f | taffrail", "what is going wrong now"),
      ("taffrail --journal -S -2h", "what this machine's journal says of the last two hours"),
      ("journalctl -o json -n 1000 | taffrail", "what the last thousand entries say"),
      ("taffrail /var/log/syslog*", "an archive, its rotated parts in order"),
      ("taffrail -o json app.log | jq 'select(.kind == \"incident\")'", "for programs"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    let settings = try RunSettings(arguments)
    let plan = try RunPlan(settings, keepsFields: settings.analysis.entriesFile != nil)
    let state = try settings.analysis.stateFolder.map { try StateSession(folder: $0) }
    let started = ContinuousClock.now
    var pass: AnalysisPass
    if plan.isRepeatable {
      let held = HeldSinks(plan.sinks)
      pass = try AnalysisPass(plan, held.sinks, order: .expected, state: state)
      if pass.run({ plan.run(into: $0) }) == .needsArchiveOrder, held.discard() {
        pass = try AnalysisPass(plan, held.sinks, order: .any, state: state)
        _ = pass.run { plan.run(into: $0) }
      }
      held.release()
    } else {
      pass = try AnalysisPass(plan, plan.sinks, order: .stream, state: state)
      _ = pass.run { plan.run(into: $0) }
    }
    let summary = pass.finish(plan)
    if settings.showsStatistics { Statistics.print(summary.ledger, since: started) }
    return end(plan, pass.writer, summary.ledger, state, metering: pass.finishMetrics())
  }

  private static func end(
    _ plan: RunPlan, _ writer: EventWriter, _ ledger: Ledger, _ state: StateSession?,
    metering: SinkFailure?
  ) -> ExitStatus {
    if let failure = writer.failure ?? metering {
      Diagnostics.error(failure.description)
      return .failure
    }
    if state?.failure != nil { return .failure }
    let status = plan.status(ledger, writer.isClosed ? .closed : .open)
    if status != .success { return status }
    return writer.hasReachedThreshold ? .finding : .success
  }
}
