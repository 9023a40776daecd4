internal import Flow
internal import Model
internal import Output
internal import Packs

/// The run behind `patterns coverage` and `patterns suggest`: all entries through all stages, counted by
/// what matched them.
struct CoverageRun {
  let library: PackLibrary
  let census: CoverageCensus
  let casebook: RunCasebook
  let settings: RunSettings
  let status: ExitStatus

  init(_ arguments: Arguments) throws {
    var arguments = arguments
    try Configuration.complete(&arguments, options: PatternsCommand.command.options)
    settings = try RunSettings(arguments)
    library = try PatternsCommand.library(settings.patterns)
    let plan = try RunPlan(settings, keepsFields: false, flushing: .whenFull)
    casebook = RunCasebook(fields: plan.fields, sources: plan.sourceNames)
    census = CoverageCensus(casebook: casebook, patterns: library.patterns.count)
    plan.run(into: census)
    status = plan.status(casebook.run.ledger, .open)
  }

  /// So many templates are shown.
  static func limit(_ arguments: Arguments) throws(UsageError) -> Int {
    guard let text = arguments.value("limit") else { return 20 }
    return try Values.count(text, flag: "limit", allowed: 1...10_000)
  }

  var entries: Int { census.matched.reduce(0, +) }

  var matched: Int { entries - census.matched[0] }

  /// A text without its secrets, where that was asked for.
  func shown(_ text: String) -> String {
    settings.redacts ? Redactor().redacted(text) : text
  }

  static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : (Double(part) / Double(whole) * 1e4).rounded() / 1e4
  }
}
