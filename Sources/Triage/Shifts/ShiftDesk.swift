package import Flow
package import Model

/// Turns shift findings into insights: one for one trouble, told when it opens and when it ends.
///
/// What belongs together is one insight: the lines of a service (or of a host) that stop together, the measures of a service
/// that shift within fifteen minutes of each other, the places of a group, the status classes of a service, its level of errors. A service that
/// `SilenceWatch` tells of is not told again for its lines, and the other way round.
/// - Limits: 200 open insights, of 32 findings each; `turnedAway` counts those beyond.
package struct ShiftDesk: Sendable {
  static let openLimit = 200
  static let memberLimit = 32
  /// Minutes within which what shifts is taken for one trouble.
  static let together: Int64 = 15
  /// Minutes after which a rare group's insight ends.
  static let rareMinutes: Int64 = 10

  private struct Open: Sendable {
    var insight: Insight
    var kind: ShiftFinding.Kind
    var scope: ShiftFinding.Scope
    var service: Symbol
    var host: Symbol
    var group: GroupID?
    var keys: [UInt64]
    var onset: Minute
    var opened: Minute
    var lastMember: Minute
    var isSettled = false
  }

  private let writer: InsightWriter
  private var open: [Open] = []
  /// Insights of `InsightDesk` that say what an open one says already.
  private var muted: Set<String> = []
  package private(set) var turnedAway = 0

  package init(settings: InsightSettings = InsightSettings()) {
    writer = InsightWriter(inputName: settings.inputName)
  }

  package var openInsights: [Insight] {
    open.map(\.insight).sorted { ($0.start, $0.id) < ($1.start, $1.id) }
  }

  /// A group's entries count for another from now on: what shifts there belongs to what is open of the one before.
  package mutating func moved(from: GroupID, to: GroupID) {
    for index in open.indices where open[index].group == from { open[index].group = to }
  }

  /// Takes a closed minute's findings.
  ///
  /// - Parameter told: insights of other desks that are open: what they say is not said again.
  package mutating func close(
    _ facts: MinuteFacts, _ findings: [ShiftFinding], told: [Insight],
    casebook: some Casebook
  ) -> [InsightEvent] {
    var events: [InsightEvent] = []
    for finding in findings where finding.change != .opens {
      leave(finding)
    }
    for finding in findings.sorted(by: Self.order) where finding.change == .opens {
      take(finding, facts, told, casebook, &events)
    }
    for index in open.indices.reversed() where isOver(open[index], facts) {
      events.append(InsightEvent(.ended, ended(open[index], facts)))
      open.remove(at: index)
    }
    return events
  }

  /// Leaves out what an open insight has told already, and its end.
  package mutating func withoutTold(_ events: [InsightEvent]) -> [InsightEvent] {
    events.filter { event in
      let insight = event.insight
      if muted.contains(insight.id) {
        if event.change == .ended { muted.remove(insight.id) }
        return false
      }
      guard event.change == .opened, insight.type == .absence else { return true }
      let isTold = open.contains {
        $0.kind == .lineAbsent && $0.scope == .service && insight.service != nil
          && $0.insight.service == insight.service
      }
      if isTold, muted.count < Self.openLimit { muted.insert(insight.id) }
      return !isTold
    }
  }

  /// The widest first, so that what is narrower joins it; then by size of the effect and key.
  private static func order(_ left: ShiftFinding, _ right: ShiftFinding) -> Bool {
    func rank(_ finding: ShiftFinding) -> (Int, Double, UInt64) {
      let scope =
        switch finding.scope {
        case .host: 0
        case .service: 1
        case .line: 2
        }
      return (scope, finding.reading.probability ?? 1, finding.key)
    }
    return rank(left) < rank(right)
  }

  private mutating func leave(_ finding: ShiftFinding) {
    for index in open.indices where open[index].kind == finding.kind {
      guard let place = open[index].keys.firstIndex(of: finding.key) else { continue }
      open[index].keys.remove(at: place)
      if finding.change == .settles { open[index].isSettled = true }
    }
  }

  private mutating func take(
    _ finding: ShiftFinding, _ facts: MinuteFacts, _ told: [Insight], _ casebook: some Casebook,
    _ events: inout [InsightEvent]
  ) {
    let profile = finding.group.flatMap { casebook.profile(of: $0) }
    // An error that comes no more is no trouble.
    if finding.kind == .lineAbsent, profile?.severity.isError ?? false { return }
    if let index = home(of: finding, facts.minute) {
      if open[index].keys.count < Self.memberLimit, !open[index].keys.contains(finding.key) {
        open[index].keys.append(finding.key)
      }
      open[index].lastMember = facts.minute
      return
    }
    if finding.kind == .lineAbsent, finding.scope == .service {
      let name = casebook.name(of: finding.service)
      if told.contains(where: { $0.type == .absence && $0.service == name }) { return }
    }
    guard open.count < Self.openLimit else {
      turnedAway += 1
      return
    }
    guard let insight = writer.shift(finding, profile, facts, casebook) else { return }
    open.append(
      Open(
        insight: insight, kind: finding.kind, scope: finding.scope, service: finding.service,
        host: finding.host, group: finding.group, keys: [finding.key],
        onset: finding.since.minute, opened: facts.minute, lastMember: facts.minute))
    events.append(InsightEvent(.opened, insight))
  }

  /// The open insight that a finding belongs to.
  private func home(of finding: ShiftFinding, _ minute: Minute) -> Int? {
    open.firstIndex { candidate in
      let isNear = minute.number - candidate.lastMember.number <= Self.together
      switch finding.kind {
      case .lineAbsent:
        guard candidate.kind == .lineAbsent else { return false }
        switch candidate.scope {
        case .host: return candidate.host == finding.host
        case .service: return candidate.service == finding.service
        case .line:
          return finding.scope == .line && candidate.service == finding.service && isNear
            && (candidate.host == finding.host || candidate.group == finding.group)
        }
      case .groupGone, .groupRare, .status, .level:
        return candidate.kind == finding.kind && candidate.service == finding.service && isNear
      case .numeric, .token:
        guard candidate.kind == .numeric || candidate.kind == .token else { return false }
        if candidate.group == finding.group { return true }
        return candidate.kind == finding.kind && isNear && !finding.service.isNone
          && candidate.service == finding.service
      }
    }
  }

  private func isOver(_ open: Open, _ facts: MinuteFacts) -> Bool {
    if case .groupRare = open.kind {
      return facts.minute.number - open.opened.number >= Self.rareMinutes
    }
    return open.keys.isEmpty
  }

  private func ended(_ open: Open, _ facts: MinuteFacts) -> Insight {
    var insight = open.insight
    insight.status = .ended
    insight.decidedAt = facts.minute.end
    insight.closedByClock = facts.closedByClock
    let end = open.kind == .level && !open.isSettled ? Self.beforeQuiet(facts) : facts.minute.end
    insight.end = end
    insight.endReason = open.isSettled ? "new_level" : "quiet"
    if case .groupRare = open.kind { return insight }
    let length = ShiftPhrases.length(from: open.onset.start, to: end)
    insight.summary +=
      open.isSettled
      ? " It has lasted for \(length) and is taken as the new usual."
      : " It lasted \(length), until \(ShiftPhrases.moment(end, since: open.onset.start)) UTC."
    return insight
  }

  /// When the three hours began that a level has been usual for once it is told to be over.
  private static func beforeQuiet(_ facts: MinuteFacts) -> Timestamp {
    Minute(number: facts.minute.number - 180).start
  }
}
