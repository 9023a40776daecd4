package import Flow
package import Model

/// Gathers insights that belong together into incidents: one fault, one notification.
///
/// An incident opens with its first insight of severity warning or above, takes in what is related
/// (see `Kinship`) to any of its insights and began within fifteen minutes of its own start, and closes
/// once all of them have ended and five quiet minutes have passed. An insight that is related
/// to two incidents joins the one that began first. Incidents of one minute that such an insight
/// connects are made one before they are told; told ones are never merged.
/// - Limits: 200 open incidents of 200 insights each, 1,000 waiting insights, 20,000 names of services;
///   `turnedAway` counts the insights beyond.
package struct IncidentDesk: Sendable {
  private static let incidentLimit = 200
  private static let memberLimit = 200
  private static let waitingLimit = 1000
  private static let nameLimit = 20_000
  /// Services with warnings or worse that make an incident an error, whatever each of them is.
  private static let manyServices = 3

  private struct Case: Sendable {
    var incident: Incident
    var members: [Member]
    var isTold = false
  }

  private var cases: [Case] = []
  /// Insights below warning, which may join an incident that opens later.
  private var waiting: [Insight] = []
  /// The run's services, by which an insight's words are searched for others.
  private var services: Set<String> = []
  private var known: Set<Symbol> = []
  package private(set) var turnedAway = 0

  package init() {}

  /// Incidents that are open now, by start and id.
  package var openIncidents: [Incident] {
    cases.map(\.incident).sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
  }

  /// The open incident that an insight belongs to, or nil.
  package func incident(of insight: String) -> String? {
    cases.first { $0.members.contains { $0.insight.id == insight } }?.incident.id
  }

  /// Takes a closed minute's insight events.
  package mutating func close(
    _ events: [InsightEvent], _ facts: MinuteFacts, casebook: some Casebook
  ) -> [Incident] {
    let now = facts.minute.end
    learn(facts, casebook)
    gatherContexts(casebook)
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
      incident.endsAt = cases[index].members.compactMap(\.insight.end).max()
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
    var insight = event.insight
    if update(insight) { return }
    if let index = waiting.firstIndex(where: { $0.id == insight.id }) {
      insight.addContexts(waiting[index].contexts)
      waiting[index] = insight
      guard insight.severity >= .warning, event.change != .ended else { return }
      waiting.remove(at: index)
    } else if event.change == .ended {
      return
    }
    let member = Member(insight, services: services)
    let homes = cases.indices.filter { belongs(member, to: cases[$0], hasSeveralHosts) }
      .sorted { Self.order(cases[$0]) < Self.order(cases[$1]) }
    if let home = homes.first {
      join(member, home)
      let absorbed = homes.dropFirst().filter { !cases[$0].isTold }
      for other in absorbed where reaches(cases[home], cases[other]) {
        for one in cases[other].members { join(one, home) }
        cases[other].members = []
      }
      cases.removeAll { $0.members.isEmpty }
    } else if insight.severity >= .warning {
      open(member, hasSeveralHosts)
    } else if waiting.count < Self.waitingLimit {
      waiting.append(insight)
    } else {
      turnedAway += 1
    }
  }

  /// Told incidents first, then by start and id.
  private static func order(_ open: Case) -> (Int, Timestamp, String) {
    (open.isTold ? 0 : 1, open.incident.startsAt, open.incident.id)
  }

  private func reaches(_ home: Case, _ other: Case) -> Bool {
    other.members.allSatisfy {
      Kinship.within(Kinship.reach, home.incident.startsAt, $0.insight.start)
    }
  }

  /// Adds the correlation ids of the latest entries of what goes on: a caller may fail a minute later.
  private mutating func gatherContexts(_ casebook: some Casebook) {
    for index in cases.indices {
      for member in cases[index].members.indices {
        cases[index].members[member].insight.gatherContexts(casebook)
      }
    }
    for index in waiting.indices { waiting[index].gatherContexts(casebook) }
  }

  private mutating func learn(_ facts: MinuteFacts, _ casebook: some Casebook) {
    for counts in facts.services where services.count < Self.nameLimit {
      guard known.insert(counts.service).inserted else { continue }
      let name = casebook.name(of: counts.service)
      if name.utf8.count >= Member.shortestName { services.insert(name) }
    }
  }

  /// Takes over what is new of an insight that is in an incident already.
  private mutating func update(_ insight: Insight) -> Bool {
    for index in cases.indices {
      if let member = cases[index].members.firstIndex(where: {
        $0.insight.id == insight.id
      }) {
        let known = cases[index].members[member].insight.contexts
        cases[index].members[member].insight = insight
        cases[index].members[member].insight.addContexts(known)
        cases[index].incident.severity = max(cases[index].incident.severity, insight.severity)
        return true
      }
    }
    return false
  }

  private func belongs(_ member: Member, to open: Case, _ hasSeveralHosts: Bool) -> Bool {
    Kinship.within(Kinship.reach, open.incident.startsAt, member.insight.start)
      && open.members.contains {
        Kinship.related($0, member, hasSeveralHosts: hasSeveralHosts)
      }
  }

  private mutating func join(_ member: Member, _ index: Int) {
    guard cases[index].members.count < Self.memberLimit else {
      turnedAway += 1
      return
    }
    cases[index].members.append(member)
    cases[index].incident.severity = max(
      cases[index].incident.severity, member.insight.severity)
  }

  private mutating func open(_ member: Member, _ hasSeveralHosts: Bool) {
    let insight = member.insight
    guard cases.count < Self.incidentLimit else {
      turnedAway += 1
      return
    }
    let id = Insight.id(
      insight.type, subject: "incident \(insight.id)", group: nil, insight.start)
    let incident = Incident(
      id: id, status: .open, severity: insight.severity, startsAt: insight.start, endsAt: nil,
      decidedAt: insight.decidedAt, title: insight.title, insights: [insight.id], services: [],
      suspects: [])
    cases.append(Case(incident: incident, members: [member]))
    let index = cases.count - 1
    let related = waiting.map { Member($0, services: services) }
      .filter { belongs($0, to: cases[index], hasSeveralHosts) }
    for earlier in related { join(earlier, index) }
    waiting.removeAll { candidate in related.contains { $0.insight.id == candidate.id } }
  }

  private func isOver(_ open: Case, _ now: Timestamp) -> Bool {
    var last = Timestamp.unknown
    for member in open.members {
      guard let end = member.insight.end else { return false }
      last = max(last, end)
    }
    return last.advanced(byNanoseconds: Kinship.grace) <= now
  }

  /// Brings title, start, services and suspects up to what the members say now.
  private mutating func describe(_ index: Int, _ now: Timestamp, _ casebook: some Casebook) {
    let ordered = cases[index].members.sorted { Self.rank($0.insight) < Self.rank($1.insight) }
    let suspects = SuspectRanking.rank(ordered, casebook)
    let members = ordered.map(\.insight)
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
    let struck = Set(members.filter { $0.severity >= .warning }.compactMap(\.service))
    if struck.count >= Self.manyServices { incident.severity = max(incident.severity, .error) }
    incident.suspects = suspects
    let speaking = suspects.first { $0.group != nil } ?? suspects.first
    let leading =
      members.first { $0.service == speaking?.service && $0.group == speaking?.group }
      ?? members.first
    incident.title = leading?.title ?? incident.title
    let others = services.filter { $0 != leading?.service }
    if !others.isEmpty {
      incident.title += "; also in \(others.prefix(3).joined(separator: ", "))"
      if others.count > 3 { incident.title += " and \(others.count - 3) more" }
    }
    cases[index].incident = incident
  }
}
