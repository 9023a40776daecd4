internal import Alerting
internal import Flow
internal import Model
internal import Output
internal import Security

/// `taffrail rules`: what the rules are, and what becomes of Sigma rules on these logs.
enum RulesCommand {
  static let options =
    [OptionTable.rules] + OptionTable.input + OptionTable.packs + OptionTable.common

  static let command = Command(
    name: "rules", summary: "List the rules, or check Sigma rules against what logs have",
    usage: "taffrail rules list|check [FLAGS] [INPUT…]", options: options,
    examples: [
      ("taffrail rules list", "the built-in rules: names, conditions, severities"),
      ("taffrail rules check --rules sigma/rules/linux", "what can be matched, what not and why"),
      ("taffrail rules check --rules sigma /var/log/audit/audit.log", "what these logs lack"),
    ],
    run: { try run($0) })

  private static func run(_ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    try Configuration.complete(&arguments, options: options)
    switch arguments.operands.first {
    case "list":
      if arguments.operands.count > 1 {
        throw UsageError("rules list takes no input", hint: "taffrail rules check reads one")
      }
      return try list(arguments)
    case "check": return try check(arguments)
    default:
      throw UsageError(
        "rules: say list or check", hint: "taffrail rules list, taffrail rules check")
    }
  }

  private static func list(_ arguments: Arguments) throws -> ExitStatus {
    let settings = try RunSettings(arguments)
    let loader = try RuleFolders.load(settings.rules)
    let rules = try loader.rules(names: FieldNames())
    let listings = RuleListing.alerts + RuleListing.watches + RuleListing.sigma(rules)
    Diagnostics.out(
      settings.output == .json
        ? listings.map(\.json).joined() : RuleListing.table(listings))
    return .success
  }

  private static func check(_ arguments: Arguments) throws -> ExitStatus {
    var settings = try RunSettings(arguments)
    guard !settings.rules.isEmpty else {
      throw UsageError("rules check: no rules", hint: "name them by --rules FILE or --rules DIR")
    }
    settings.inputs = Array(arguments.operands.dropFirst())
    var status = ExitStatus.success
    let reports: [SigmaReport]
    if settings.inputs.isEmpty {
      reports = try RuleFolders.load(settings.rules).reports(names: FieldNames(), survey: nil)
    } else {
      var plan = try RunPlan(settings, keepsFields: true, rulePolicy: .passesOverBroken)
      let survey = SigmaSurvey(plan.rules)
      plan.survey = survey
      let ledger = LedgerTarget()
      plan.run(into: ledger)
      status = plan.status(ledger.ledger, .open)
      reports = plan.ruleDocuments.reports(names: plan.fields, survey: survey)
    }
    Diagnostics.out(
      settings.output == .json
        ? reports.map(RuleReportText.json).joined() : RuleReportText.text(reports))
    return reports.contains { $0.state == .broken } ? .usage : status
  }
}

/// Takes entries and keeps nothing but their number.
private final class LedgerTarget: MergeTarget {
  private(set) var ledger = Ledger()

  var isDone: Bool { false }

  func announce(_ batch: Batch) {}

  func release(_ batch: Batch) {}

  func open(_ batch: Batch) { ledger.add(batch.frames) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    ledger.entries += run.count
    ledger.analysed += run.count
  }

  func tick(_ batch: Batch) {}
}
