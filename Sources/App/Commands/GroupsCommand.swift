internal import Flow
internal import Grouping
internal import Model
internal import Output

/// `taffrail groups`: the fingerprint groups, by count, or each entry's group.
enum GroupsCommand {
  static let options =
    OptionTable.input + OptionTable.selection + OptionTable.packs + [
      Option("per-entry", nil, help: "Write each entry's group, template and parameters instead"),
      Option(
        "wildcards", nil, .choice(["typed", "plain"]), help: "How wildcards are written (typed)"),
      Option("limit", "n", .value("N"), help: "Only the N largest groups"),
      OptionTable.zone,
    ] + OptionTable.common

  static let command = Command(
    name: "groups", summary: "Write the groups of entries that say the same, by count",
    usage: "taffrail groups [FLAGS] [INPUT…]", options: options,
    examples: [
      ("taffrail groups -o text /var/log/syslog", "what this log is made of"),
      ("taffrail groups --per-entry app.log", "which group each entry belongs to"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    let settings = try RunSettings(arguments)
    let isPlain = arguments.value("wildcards") == "plain"
    let limit = try arguments.value("limit").map {
      try Values.count($0, flag: "limit", allowed: 1...Int.max)
    }
    let plan = try RunPlan(settings, keepsFields: false, flushing: .whenFull)
    let started = ContinuousClock.now
    let casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    let spool = arguments.has("per-entry") ? try EntrySpool() : nil
    let census = GroupCensus(casebook: casebook, spool: spool)
    plan.run(into: census)
    casebook.run.settle(.reference)
    let form = GroupForm(
      casebook: casebook, isPlain: isPlain, redactor: settings.redacts ? Redactor() : nil)
    let state: SinkState
    if let spool {
      state = try form.writeEntries(
        spool, asText: settings.output == .text, to: plan.sinks.main)
    } else if settings.output == .text {
      state = form.writeTable(limit: limit, OutputSinks.style(settings), to: plan.sinks.main)
    } else {
      state = form.writeLines(limit: limit, to: plan.sinks.main)
    }
    if settings.showsStatistics { Statistics.print(casebook.run.ledger, since: started) }
    return plan.status(casebook.run.ledger, state == .open ? plan.sinks.main.flush() : state)
  }
}
