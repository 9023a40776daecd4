internal import Bytes
internal import Flow
internal import Glibc
internal import Model
internal import Output
internal import Packs
internal import Security
internal import Store

/// `taffrail partial`: a shard's state, to be merged with those of others.
enum PartialCommand {
  static let options =
    OptionTable.input + OptionTable.selection + OptionTable.packs + [
      OptionTable.rules,
      OptionTable.lateness,
      Option("output-file", nil, .value("FILE"), help: "Write FILE anew instead of stdout"),
      OptionTable.configuration, OptionTable.statistics, OptionTable.quiet, OptionTable.help,
    ]

  static let command = Command(
    name: "partial", summary: "Write a shard's state, for merge",
    usage: "taffrail partial [FLAGS] [INPUT…] > FILE", options: options,
    examples: [
      ("taffrail partial /var/log/syslog* > $(hostname).partial", "on each host"),
      ("taffrail merge *.partial", "and what one run over all of them would have said"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    var settings = try RunSettings(arguments)
    settings.replacesOutput = true
    guard settings.outputFile != nil || isatty(STDOUT_FILENO) == 0 else {
      throw UsageError("a partial is nothing to look at", hint: "send it to a file or a pipe")
    }
    let plan = try RunPlan(settings, keepsFields: false, flushing: .whenFull)
    let started = ContinuousClock.now
    var shard: (pass: AnalysisPass, condenser: ShardCondenser)
    if plan.isRepeatable {
      let held = HeldSinks(plan.sinks)
      shard = try begin(plan, held.sinks, .expected)
      if shard.pass.run({ plan.run(into: $0) }) == .needsArchiveOrder, held.discard() {
        shard = try begin(plan, held.sinks, .any)
        _ = shard.pass.run { plan.run(into: $0) }
      }
      held.release()
    } else {
      shard = try begin(plan, plan.sinks, .stream)
      _ = shard.pass.run { plan.run(into: $0) }
    }
    let casebook = shard.pass.analysis.casebook
    let state = shard.condenser.finish(casebook.run.books(patterns: plan.patternNames), casebook)
    for hint in plan.hints where !settings.isQuiet { Diagnostics.note(hint) }
    if let note = shard.condenser.note, !settings.isQuiet { Diagnostics.note(note) }
    if settings.showsStatistics { Statistics.print(casebook.run.ledger, since: started) }
    return plan.status(casebook.run.ledger, state)
  }

  private static func begin(
    _ plan: RunPlan, _ sinks: EventWriter.Sinks, _ order: InputOrder
  ) throws -> (AnalysisPass, ShardCondenser) {
    let pass = try AnalysisPass(plan, sinks, order: order, form: EventForm.none)
    let condenser = ShardCondenser(
      PartialSettings(
        lateness: plan.settings.analysis.lateness, isUnordered: order == .any,
        patterns: plan.patternsHash, rules: plan.rules.names, inputName: plan.inputName,
        sourceCount: plan.sourceCount),
      fields: plan.fields, patterns: plan.packs.ids, to: sinks.main)
    pass.analysis.keep(for: condenser)
    return (pass, condenser)
  }
}
