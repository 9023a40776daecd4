internal import Alerting
internal import Correlation
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Output
internal import Packs
internal import Security
internal import Triage

/// Makes the summary of a run out of its books.
enum SummaryMaker {
  private static let groupLimit = 10
  private static let serviceLimit = 10
  /// Patterns that gave up, of those that hints name.
  private static let namedPatterns = 10
  /// Sources with wrong clocks that hints name.
  private static let namedSources = 3

  static func summary(of analysis: Analysis, _ writer: EventWriter, _ plan: RunPlan) -> RunSummary {
    let casebook = analysis.casebook
    var summary = RunSummary()
    let totals = casebook.run.totals
    (summary.start, summary.end) = analysis.window
    summary.decidedAt = analysis.clock.watermark
    summary.severities = totals.severityCounts
    summary.categories = totals.categoryCounts
    summary.groups = errorGroups(casebook)
    summary.services = services(casebook)
    summary.incidents = writer.incidentCount
    summary.insights = writer.insightCount
    summary.alerts = writer.alertCount
    summary.historyLacking =
      ErrorRanking(
        from: Minute(number: .min / 60), through: Minute(number: .max / 60 - 1),
        completeMinutes: analysis.watch.completeMinutes, limit: 1, casebook: casebook
      ).lacking
    summary.evidence.expectedPerDay = analysis.watch.expectedPerDay
    summary.evidence.threshold = analysis.watch.threshold
    if let budget = analysis.budget {
      summary.evidence.budget = budget.text
      summary.evidence.withheld = budget.withheld
      summary.evidence.threshold = budget.threshold
    }
    summary.state = analysis.state?.line
    summary.hints = hints(analysis, plan.patternNames) + plan.hints
    summary.limits = limits(analysis).filter { $0.count > 0 }
    summary.closedByClock = analysis.minutesClosedByClock + totals.closedByClock
    summary.ledger = casebook.run.ledger
    return summary
  }

  private static func errorGroups(_ casebook: RunCasebook) -> [GroupLine] {
    let total = casebook.run.ledger.analysed
    return casebook.run.registry.profiles(
      limit: groupLimit, where: { $0.severity.isError }, reference: { casebook.reference($0) }
    ).map { GroupLine($0, total: total) { casebook.name(of: $0) } }
  }

  private static func services(_ casebook: RunCasebook) -> [RunSummary.ServiceLine] {
    casebook.run.totals.services.enumerated()
      .filter { $0.element.errors > 0 && $0.offset > 0 }
      .sorted {
        $0.element.errors != $1.element.errors
          ? $0.element.errors > $1.element.errors : $0.offset < $1.offset
      }
      .prefix(serviceLimit)
      .map {
        RunSummary.ServiceLine(
          service: casebook.name(of: Symbol(number: UInt32($0.offset))),
          entries: $0.element.entries, errors: $0.element.errors)
      }
  }

  private static func hints(_ analysis: Analysis, _ patterns: [String]) -> [String] {
    let frames = analysis.casebook.run.frames
    var hints: [String] = []
    if frames.withheld > 0 {
      hints.append(
        counted(frames.withheld, "entry", "entries")
          + " came without a field over 4,096 bytes: journalctl --all gives them"
      )
    }
    if frames.damaged > 0 {
      hints.append(
        counted(frames.damaged, "entry", "entries")
          + " of the journal came without a field: the file is damaged")
    }
    if frames.cut > 0 {
      hints.append(
        counted(frames.cut, "line was", "lines were") + " cut: --max-line raises the limit")
    }
    let surrenders = analysis.casebook.run.totals.surrenders
    for (number, count) in surrenders.sorted(by: { $0.key < $1.key }).prefix(namedPatterns) {
      let name = patterns.indices.contains(Int(number) - 1) ? patterns[Int(number) - 1] : "?"
      hints.append(
        "pattern \(name) gave up " + counted(count, "time", "times") + " at the match limit")
    }
    let withoutTime = analysis.casebook.run.totals.withoutTime
    if withoutTime > 0 {
      hints.append(
        withoutTime == 1
          ? "1 entry has no time: it is grouped, not counted by minute"
          : "\(withoutTime) entries have no time: they are grouped, not counted by minute")
    }
    let zonesUnknown = analysis.casebook.run.totals.zonesUnknown
    if zonesUnknown > 0 {
      hints.append(
        "\(zonesUnknown) stamps name a zone by an abbreviation, which several zones share: "
          + "--input-tz says which is meant")
    }
    hints += clockHints(analysis)
    return hints
      + analysis.strays.hints(
        source: { analysis.casebook.name(ofSource: $0) },
        host: { analysis.casebook.name(of: $0) })
  }

  /// What was made of sources that lag or whose clocks are wrong.
  private static func clockHints(_ analysis: Analysis) -> [String] {
    var hints: [String] = []
    if analysis.corrected > 0 {
      hints.append(
        counted(analysis.corrected, "entry", "entries")
          + " of slow sources came when their minutes were closed, and were added to them")
    }
    let skewed = analysis.clock.sources?.skewed ?? []
    for source in skewed.prefix(namedSources) {
      let seconds = source.behind / 1_000_000_000
      let side = seconds < 0 ? "ahead of" : "behind"
      hints.append(
        "the clock of \(analysis.casebook.name(ofSource: source.source)) is "
          + "\(seconds.magnitude) s \(side) the others': "
          + counted(source.entries, "entry", "entries") + " counted as if it were right")
    }
    return hints
  }

  private static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many)"
  }

  /// What found no room, by bounded store; those that never filled included.
  static func limits(_ analysis: Analysis) -> [RunSummary.LimitLine] {
    let run = analysis.casebook
    return [
      ("names", run.run.names.overflowed), ("shapes", run.run.registry.miner.overflowCount),
      ("contexts", run.run.contexts.evictedContexts), ("changes", run.run.changes.evicted),
      ("security windows", analysis.security.evicted),
      ("security insights", analysis.security.turnedAway),
      ("Sigma expressions given up", analysis.security.surrenders),
      ("series", analysis.watch.evicted + analysis.watch.refused),
      ("insights", analysis.insights.turnedAway + analysis.shifts.turnedAway),
      ("incidents", analysis.incidents.turnedAway),
      ("alerts", analysis.alerts.turnedAway), ("exemplars", run.run.registry.exemplarsLeftOut),
      ("partly matched texts", run.run.totals.matchedInPart),
      ("repetitions", run.run.totals.repetitionsLeftOut),
      ("periodic lines", run.run.shifts.absences.refused),
      ("watched values", run.run.shifts.values.refused),
      ("statuses", run.run.shifts.statuses.refused),
      ("levels", run.run.shifts.levels.refused),
      ("matches given up", run.run.totals.surrenders.values.reduce(0, +)),
    ].map { RunSummary.LimitLine(name: $0.0, count: $0.1) }
  }
}
