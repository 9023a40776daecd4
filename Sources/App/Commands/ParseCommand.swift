internal import Flow
internal import Model
internal import Output
internal import Packs

/// `taffrail parse`: one normalised entry per line out.
enum ParseCommand {
  static let options =
    OptionTable.input + OptionTable.selection + OptionTable.packs + [OptionTable.zone]
    + OptionTable.common

  static let command = Command(
    name: "parse", summary: "Write one normalised entry per line (ECS names, JSON Lines)",
    usage: "taffrail parse [FLAGS] [INPUT…]", options: options,
    examples: [
      ("journalctl -o json -n 100 | taffrail parse", "what taffrail makes of each entry"),
      ("taffrail parse -p err app.log | jq .message", "the errors' messages"),
      ("taffrail parse -f -o text /var/log/syslog", "for reading along"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    let settings = try RunSettings(arguments)
    let plan = try RunPlan(
      settings, keepsFields: true, flushing: settings.isLive ? .eachWrite : .whenFull)
    let started = ContinuousClock.now
    let casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    let listing = EntryListing(
      casebook: casebook,
      form: settings.output == .json ? .json(plan.entryWriter()) : .text(plan.entryLines()),
      sink: plan.sinks.main)
    plan.run(into: listing)
    listing.finish()
    if settings.showsStatistics { Statistics.print(casebook.run.ledger, since: started) }
    return plan.status(casebook.run.ledger, listing.state)
  }
}
