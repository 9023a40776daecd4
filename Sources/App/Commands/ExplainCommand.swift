internal import Bytes
internal import Flow
internal import Grouping
internal import Ingest
internal import Model
internal import Output
internal import Packs

/// `taffrail explain`: which formats an input's lines are in, how its entries are classified or grouped, and why.
enum ExplainCommand {
  static let command = Command(
    name: "explain",
    summary:
      "Say which formats an input is in, how entries are classified or grouped, and by what evidence",
    usage: "taffrail explain --format|--classification|--fingerprint [INPUT…]",
    options: [
      Option("format", nil, help: "Rank the formats by the share of lines that fit"),
      Option(
        "classification", nil,
        help: "Say each entry's severity, category and outcome, and where each comes from"),
      Option(
        "fingerprint", nil,
        help: "Say what went into each entry's group: masks, exceptions, frames, rules"),
      Option("lines", nil, .value("N"), help: "Look at the first N lines (default: 1000)"),
    ] + OptionTable.packs + OptionTable.common,
    examples: [
      ("taffrail explain --format app.log", "what the lines are, and those that fit nothing"),
      ("taffrail explain --format -o json *.log", "one object for each input"),
      (
        "tail -n 1 app.log | taffrail explain --classification",
        "why an entry is called what it is"
      ),
      ("taffrail explain --fingerprint app.log", "what each group is made of"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    let asked = ["format", "classification", "fingerprint"].filter { arguments.has($0) }
    guard asked.count == 1 else {
      throw UsageError(
        "explain: say what, --format, --classification or --fingerprint",
        hint: "taffrail explain --format [INPUT…]")
    }
    try Configuration.complete(&arguments, options: command.options.filter { $0.name != "format" })
    var count = 1000
    if let text = arguments.value("lines") {
      count = try Values.count(text, flag: "lines", allowed: 1...1_000_000)
    }
    let settings = try RunSettings(arguments)
    switch asked[0] {
    case "format": return try explainFormats(settings, lines: count)
    case "fingerprint": return try explainFingerprints(settings, entries: count)
    default: return try explainClassification(settings, entries: count)
    }
  }

  private static func explainFingerprints(
    _ settings: RunSettings, entries count: Int
  ) throws -> ExitStatus {
    let plan = try RunPlan(settings, keepsFields: true, flushing: .whenFull)
    let casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    let census = FingerprintCensus(
      casebook: casebook, grouping: plan.grouping, entryLimit: count)
    plan.run(into: census)
    casebook.run.settle(.reference)
    let report = FingerprintReport(
      cases: census.cases, casebook: casebook,
      redactor: settings.redacts ? Redactor() : nil)
    Diagnostics.out(settings.output == .json ? report.json() : report.text())
    return plan.status(casebook.run.ledger, .open)
  }

  private static func explainFormats(
    _ settings: RunSettings, lines count: Int
  ) throws -> ExitStatus {
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

  private static func explainClassification(
    _ settings: RunSettings, entries count: Int
  ) throws -> ExitStatus {
    let plan = try RunPlan(settings, keepsFields: true, flushing: .whenFull)
    let casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    let census = ClassificationCensus(
      casebook: casebook, model: plan.model, entryLimit: count)
    plan.run(into: census)
    let report = ClassificationReport(
      cases: census.cases, patterns: plan.packs.ids,
      redactor: settings.redacts ? Redactor() : nil)
    Diagnostics.out(settings.output == .json ? report.json() : report.text())
    return plan.status(casebook.run.ledger, .open)
  }
}
