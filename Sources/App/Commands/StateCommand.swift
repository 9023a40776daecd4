internal import Bytes
internal import Glibc
internal import Model
internal import Output
internal import Store

/// `taffrail state`: what a state holds.
enum StateCommand {
  static let options: [Option] = [
    Option("state", nil, .value("DIR"), help: "The state's folder"),
    Option(
      "limit", "n", .value("N"), help: "Only the N groups that came last (text: 20, JSON: all)"),
    OptionTable.zone, OptionTable.configuration,
    Option(
      "output", "o", .choice(["text", "json"]), help: "Text (default on a terminal) or JSON"),
    OptionTable.help,
  ]

  static let command = Command(
    name: "state", summary: "Say what a state holds, or whether it is well",
    usage: "taffrail state show|check --state DIR", options: options,
    examples: [
      ("taffrail state show --state /var/lib/taffrail", "the time learned, series, groups"),
      ("taffrail state check --state /var/lib/taffrail", "exit 1 where something is damaged"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    guard let action = arguments.operands.first, arguments.operands.count == 1,
      ["show", "check"].contains(action)
    else { throw UsageError("state takes show or check", hint: "taffrail state show --state DIR") }
    guard let folder = try Values.stateFolder(arguments) else {
      throw UsageError("state needs a folder", hint: "taffrail state \(action) --state DIR")
    }
    let store = try StateStore(folder: folder, .reads)
    return action == "show" ? try show(store, arguments) : try check(store)
  }

  private static func show(_ store: StateStore, _ arguments: Arguments) throws -> ExitStatus {
    let limit = try arguments.value("limit").map {
      try Values.count($0, flag: "limit", allowed: 0...Int.max)
    }
    let zone = try AnalysisSettings(arguments).zone
    let isText =
      arguments.value("output").map { $0 == "text" } ?? (isatty(STDOUT_FILENO) == 1)
    let listing = StateListing(
      try store.read(), path: store.path, limit: limit ?? (isText ? 20 : .max))
    Diagnostics.out(isText ? listing.text(zone) : listing.json)
    return .success
  }

  private static func check(_ store: StateStore) throws -> ExitStatus {
    var found = try store.findDamage()
    if found.isEmpty {
      let damaged = StateListing(try store.read(), path: store.path, limit: 0).damaged
      if damaged > 0 { found.append("\(damaged) rows can't be read: what they are of starts anew") }
    }
    for problem in found { Diagnostics.error("\(store.path): \(problem)") }
    if found.isEmpty { Diagnostics.out("\(store.path) is well\n") }
    return found.isEmpty ? .success : .failure
  }
}
