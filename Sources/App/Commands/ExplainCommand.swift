internal import Bytes
internal import Flow
internal import Ingest
internal import Model
internal import Packs

/// `taffrail explain --format`: which formats an input's lines are in, how sure that is, and why.
enum ExplainCommand {
  static let command = Command(
    name: "explain", summary: "Say which formats an input is in, and by what evidence",
    usage: "taffrail explain --format [INPUT…]",
    options: [
      Option("format", nil, help: "Rank the formats by the share of lines that fit"),
      Option("lines", nil, .value("N"), help: "Look at the first N lines (default: 1000)"),
    ] + OptionTable.packs + OptionTable.common,
    examples: [
      ("taffrail explain --format app.log", "what the lines are, and those that fit nothing"),
      ("taffrail explain --format -o json *.log", "one object for each input"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    guard arguments.has("format") else {
      throw UsageError("explain: say what", hint: "taffrail explain --format [INPUT…]")
    }
    try Configuration.complete(&arguments, options: command.options.filter { $0.name != "format" })
    var count = 1000
    if let text = arguments.value("lines") {
      count = try Values.count(text, flag: "lines", allowed: 1...1_000_000)
    }
    let settings = try RunSettings(arguments)
    var names = FieldNames()
    let packs = try PackTables.load(PackFolders.sources(settings.patterns), names: &names)
    let problems = ProblemList()
    let inputs = try RunInputs(settings, excluding: [], problems)
    var text = ""
    for (number, reader) in inputs.readers().enumerated() {
      let batch = Batch(inputCapacity: 6 << 20, sideCapacity: 40 << 20)
      _ = reader.fill(batch, limit: 1 << 20, waiting: Patience(milliseconds: -1))
      for problem in reader.takeProblems() { problems.add(problem) }
      let name = inputs.names.names(from: number).first ?? "-"
      let trial = FormatTrial(batch, packs, limit: count)
      text += settings.output == .json ? trial.json(name) : trial.text(name)
    }
    Diagnostics.out(text)
    return problems.isEmpty ? .success : .failure
  }
}
