package import Flow
package import Model

/// Gathers insights that belong together into incidents: one fault, one notification.
///
/// An incident opens with its first insight of severity warning or above, takes in what is related
/// (see `Kinship`) to any of its insights and began within fifteen minutes of its own start, and closes
/// once all of them have ended and five quiet minutes have passed. An insight that is related
/// to two incidents joins the one that began first; incidents are never merged.
/// - Limits: 200 open incidents of 200 insights each, 1,000 waiting insights; `turnedAway` counts the rest.
package struct IncidentDesk: Sendable {
  private static let incidentLimit = 200
  private static let memberLimit = 200
  private static let waitingLimit = 1000

  private struct Case: Sendable {
    var incident: Incident
    var members: [Insight]
    var isTold = false
  }

  private var cases: [Case] = []
  /// Insights below warning, which may join an incident that opens later.
  private var waiting: [Insight] = []
  package private(set) var turnedAway = 0

  package init() {}

  /// Incidents that are open now, by start and id.
  package var openIncidents: [Incident] {
    cases.map(\.incident).sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
  }

  /// The open incident that an insight belongs to, or nil.
  package func incident(of insight: String) -> String? {
    cases.first { $0.members.contains { $0.id == insight } }?.incident.id
  }

  /// Takes a closed minute's insight events; `now` is the minute's end.
  package mutating func close(
    _ events: [InsightEvent], now: Timestamp, casebook: some Casebook
  ) -> [Incident] {
    for event in events.sorted(by: { Self.rank($0.insight) < Self.rank($1.insight) }) {
      take(event, casebook.hasSeveralHosts)
    }
    var told: [Incident] = []
    for index in cases.indices where !cases[index].isTold {
      cases[index].isTold = true
      describe(index, now, casebook)
      told.append(cases[index].incident)
    }
    for index in cases.indices.reversed() where isOver(cases[index], now) {
      describe(index, now, casebook)
      var incident = cases[index].incident
      incident.status = .closed
      incident.endsAt = cases[index].members.compactMap(\.end).max()
      told.append(incident)
      cases.remove(at: index)
    }
    waiting.removeAll { insight in
      guard let end = insight.end else { return false }
      return end.advanced(byNanoseconds: Kinship.grace) < now
    }
    return told.sorted { ($0.id, $0.status.rawValue) < ($1.id, $1.status.rawValue) }
  }

  private static func rank(_ insight: Insight) -> (Timestamp, Int, String) {
    (insight.start, -insight.severity.rawValue, insight.id)
  }

  private mutating func take(_ event: InsightEvent, _ hasSeveralHosts: Bool) {
    let insight = event.insight
    if update(insight) { return }
    if let index = waiting.firstIndex(where: { $0.id == insight.id }) {
      waiting[index] = insight
      guard insight.severity >= .warning, event.change != .ended else { return }
      waiting.remove(at: index)
    } else if event.change == .ended {
      return
    }
    let home = cases.indices.filter { belongs(insight, to: cases[$0], hasSeveralHosts) }
      .min { cases[$0].incident.startsAt < cases[$1].incident.startsAt }
    if let home {
      join(insight, home)
    } else if insight.severity >= .warning {
      open(insight, hasSeveralHosts)
    } else if waiting.count < Self.waitingLimit {
      waiting.append(insight)
    } else {
      turnedAway += 1
    }
  }

  /// Takes over what is new of an insight that is in an incident already.
  private mutating func update(_ insight: Insight) -> Bool {
    for index in cases.indices {
      if let member = cases[index].members.firstIndex(where: { $0.id == insight.id }) {
        cases[index].members[member] = insight
        cases[index].incident.severity = max(cases[index].incident.severity, insight.severity)
        return true
      }
    }
    return false
  }

  private func belongs(_ insight: Insight, to open: Case, _ hasSeveralHosts: Bool) -> Bool {
    Kinship.within(Kinship.reach, open.incident.startsAt, insight.start)
      && open.members.contains {
        Kinship.related($0, insight, hasSeveralHosts: hasSeveralHosts)
      }
  }

  private mutating func join(_ insight: Insight, _ index: Int) {
    guard cases[index].members.count < Self.memberLimit else {
      turnedAway += 1
      return
    }
    cases[index].members.append(insight)
    cases[index].incident.severity = max(cases[index].incident.severity, insight.severity)
  }

  private mutating func open(_ insight: Insight, _ hasSeveralHosts: Bool) {
    guard cases.count < Self.incidentLimit else {
      turnedAway += 1
      return
    }
    let id = InsightWriter.id(
      insight.type, service: "incident \(insight.id)", group: nil, insight.start)
    let incident = Incident(
      id: id, status: .open, severity: insight.severity, startsAt: insight.start, endsAt: nil,
      decidedAt: insight.decidedAt, title: insight.title, insights: [insight.id], services: [],
      suspects: [])
    cases.append(Case(incident: incident, members: [insight]))
    let index = cases.count - 1
    let related = waiting.filter { belongs($0, to: cases[index], hasSeveralHosts) }
    for earlier in related { join(earlier, index) }
    waiting.removeAll { candidate in related.contains { $0.id == candidate.id } }
  }

  private func isOver(_ open: Case, _ now: Timestamp) -> Bool {
    var last = Timestamp.unknown
    for member in open.members {
      guard let end = member.end else { return false }
      last = max(last, end)
    }
    return last.advanced(byNanoseconds: Kinship.grace) <= now
  }

  /// Brings title, start, services and suspects up to what the members say now.
  private mutating func describe(_ index: Int, _ now: Timestamp, _ casebook: some Casebook) {
    let members = cases[index].members.sorted { Self.rank($0) < Self.rank($1) }
    let suspects = SuspectRanking.rank(members, casebook)
    var services: [String] = []
    for service in suspects.compactMap(\.service) + members.compactMap(\.service)
    where !services.contains(service) {
      services.append(service)
    }
    var incident = cases[index].incident
    incident.decidedAt = now
    incident.startsAt = members.map(\.start).min() ?? incident.startsAt
    incident.insights = members.map(\.id)
    incident.services = services
    incident.suspects = suspects
    let leading =
      members.first { $0.service == suspects.first?.service && $0.group == suspects.first?.group }
      ?? members.first
    incident.title = leading?.title ?? incident.title
    let others = services.dropFirst()
    if !others.isEmpty {
      incident.title += "; also in \(others.prefix(3).joined(separator: ", "))"
      if others.count > 3 { incident.title += " and \(others.count - 3) more" }
    }
    cases[index].incident = incident
  }
}
