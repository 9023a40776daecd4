internal import Flow
internal import Model
internal import Output
internal import Packs
internal import Store

/// `taffrail merge`: what one run over all the shards would have said.
enum MergeCommand {
  static let options =
    [
      Option(
        "write", nil, .choice(["events", "groups", "partial"]),
        help: "Events and summary (default), the groups, or one partial of all"),
      Option("limit", "n", .value("N"), help: "With --write groups: only the N largest"),
      Option("workers", nil, .value("N"), help: "Threads that decode (default: the cores)"),
    ] + (OptionTable.packs + OptionTable.analysis).filter { !unwanted.contains($0.name) }
    + OptionTable.common

  /// What the shards decided, and what needs the entries.
  private static let unwanted: Set<String> = [
    "framework-frames", "application-frames", "lateness", "entries",
  ]

  static let command = Command(
    name: "merge", summary: "Merge shards' states: what one run over all would have said",
    usage: "taffrail merge [FLAGS] PARTIAL…", options: options,
    examples: [
      ("taffrail merge web1.partial web2.partial", "incidents, alerts and the summary of both"),
      ("taffrail merge --write groups *.partial", "the groups of all"),
      ("taffrail merge --write partial day/*.partial > day.partial", "and so on, in steps"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    let limit = try arguments.value("limit").map {
      try Values.count($0, flag: "limit", allowed: 1...Int.max)
    }
    var settings = try RunSettings(arguments)
    let isEvents = arguments.value("write") ?? "events" == "events"
    guard isEvents || settings.analysis.stateFolder == nil else {
      throw UsageError(
        "--state keeps what events rest on", hint: "use it without --write, or with --write events")
    }
    let paths = settings.inputs
    settings.inputs = []
    settings.replacesOutput = arguments.value("write") == "partial"
    let plan = try RunPlan(settings, keepsFields: false, flushing: .whenFull)
    let started = ContinuousClock.now
    let state = try settings.analysis.stateFolder.map { try StateSession(folder: $0) }
    let shards = try ShardInputs(paths, plan)
    if shards.hasSeveralPacks, !settings.isQuiet {
      Diagnostics.note("the partials were made with different pattern packs")
    }
    let pass = try AnalysisPass(
      plan, plan.sinks, order: shards.settings.isUnordered ? .any : .stream,
      form: isEvents ? nil : EventForm.none,
      inputName: shards.settings.inputName, lateness: shards.settings.lateness, state: state)
    var condenser: ShardCondenser?
    if arguments.value("write") == "partial" {
      let made = ShardCondenser(
        shards.settings, fields: plan.fields, patterns: plan.packs.ids, to: plan.sinks.main)
      pass.analysis.keep(for: made)
      condenser = made
    }
    _ = pass.run { shards.run(into: $0) }
    let casebook = pass.analysis.casebook
    let names = plan.patternNames
    let missing = casebook.run.adopt(shards.books) { id in
      names.firstIndex(of: id).map { UInt16(clamping: $0 + 1) }
    }
    if missing != 0, shards.areWhole {
      Diagnostics.error(
        missing > 0
          ? "\(missing) entries that the books tell of are not in the partials"
          : "the partials hold \(-missing) entries more than their books tell of")
      return .failure
    }
    let ledger = casebook.run.ledger
    let failure = pass.writer.failure ?? (isEvents ? nil : pass.finishMetrics())
    if let failure { throw failure }
    if settings.showsStatistics { Statistics.print(ledger, since: started) }
    switch arguments.value("write") {
    case "groups":
      let form = GroupForm(
        casebook: casebook, isPlain: false, redactor: settings.redacts ? Redactor() : nil)
      let state =
        settings.output == .text
        ? form.writeTable(limit: limit, OutputSinks.style(settings), to: plan.sinks.main)
        : form.writeLines(limit: limit, to: plan.sinks.main)
      return plan.status(ledger, state == .open ? plan.sinks.main.flush() : state)
    case "partial":
      // What is made of one that broke off must not look whole.
      guard shards.areWhole, let condenser else { return plan.status(ledger, .open) }
      let state = condenser.finish(casebook.run.books(patterns: plan.patternNames), casebook)
      if let note = condenser.note, !settings.isQuiet { Diagnostics.note(note) }
      return plan.status(ledger, state)
    default:
      _ = pass.finish(plan)
      if let failure = pass.writer.failure ?? pass.finishMetrics() { throw failure }
      if state?.failure != nil { return .failure }
      let status = plan.status(ledger, pass.writer.isClosed ? .closed : .open)
      return status == .success && pass.writer.hasReachedThreshold ? .finding : status
    }
  }
}
