package import Flow
package import Model

/// Runs the rules over closed minutes and grave entries, and tells what fires and what is resolved.
///
/// An alert's identity is its labels. A gap is no evidence that a condition is gone: nothing changes.
/// - Limits: 10,000 active alerts; what would be more is counted in `turnedAway`. Groups that a
///   `new_error_group` alert watches are part of that.
package struct AlertDesk: Sendable {
  private struct Active: Sendable {
    var rule: Int
    var life: AlertLife
    var labels: [String: String]
    var annotations: [String: String]
    /// The group whose entries keep it up.
    var group: GroupID?
    /// The insight that keeps it up as long as it is open.
    var insight: String?
    /// The latest moment for which the condition was seen to hold.
    var held: Timestamp
  }

  private let rules: [AlertRule]
  private let limit: Int
  private var active: [UInt64: Active] = [:]
  /// What a grave entry's alert is about.
  private struct GravePlace: Hashable, Sendable {
    var service: Symbol
    var group: GroupID
  }

  /// The alert of each service's and group's grave entries, under the rule that asks for least.
  private var graves: [GravePlace: UInt64] = [:]
  private let leastGrave: Severity
  private let entryRules: Int
  package private(set) var turnedAway = 0

  package init(rules: [AlertRule] = AlertRule.builtIn, limit: Int = 10_000) {
    self.rules = rules
    self.limit = max(1, limit)
    leastGrave =
      rules.compactMap {
        if case .entry(let least) = $0.condition { least } else { nil }
      }.min() ?? .emergency
    entryRules = rules.count {
      if case .entry = $0.condition { true } else { false }
    }
  }

  package var activeCount: Int { active.count }

  /// Alerts that are firing now, by fingerprint.
  package var firing: [Alert] {
    active.sorted { $0.key < $1.key }.compactMap { _, alert in
      guard case .firing(let since, _) = alert.life.state else { return nil }
      return make(alert, .firing, since, nil, decidedAt: since)
    }
  }

  /// Judges a closed minute.
  ///
  /// - Parameters:
  ///   - opened: the insights that opened with it.
  ///   - ongoing: ids of insights told by `take(opened:)` that have not ended.
  ///   - incident: names an insight's incident.
  package mutating func close(
    _ facts: MinuteFacts, findings: [Finding], opened: [Insight], ongoing: Set<String> = [],
    casebook: some Casebook,
    incident: (String) -> String? = { _ in nil }
  ) -> [Alert] {
    if facts.isGap { return [] }
    for index in rules.indices {
      for evidence in Evidence.holding(rules[index].condition, facts, findings, opened, casebook) {
        hold(index, evidence, facts.minute.start, incident)
      }
    }
    var alerts: [Alert] = []
    for key in active.keys.sorted() {
      guard var alert = active[key] else { continue }
      let holds =
        alert.held >= facts.minute.start || alert.group.map { facts.entries(of: $0) > 0 } ?? false
        || alert.insight.map { ongoing.contains($0) } ?? false
      let action = alert.life.event(
        holds: holds, from: facts.minute.start, to: facts.minute.end)
      active[key] = alert.life.state == .inactive ? nil : alert
      if var told = tell(alert, action, decidedAt: facts.minute.end) {
        told.closedByClock = facts.closedByClock
        alerts.append(told)
      }
    }
    return alerts
  }

  /// Whether any rule asks for entries so bad.
  package func concerns(severity: Severity) -> Bool {
    entryRules > 0 && severity >= leastGrave
  }

  /// Whether the alert of a grave entry's service and group is up already, and kept up by it: `take` would have
  /// nothing to say. O(1).
  package mutating func keepsUp(at time: Timestamp, service: Symbol, group: GroupID) -> Bool {
    guard entryRules == 1, let key = graves[GravePlace(service: service, group: group)],
      let held = active[key]?.held
    else { return false }
    active[key]?.held = max(held, time)
    return true
  }

  /// Judges an entry that is bad enough to be looked at for itself, at once.
  ///
  /// - Parameters:
  ///   - group: its template's, which tells its alert from those of other texts.
  ///   - message: its words, for the annotation.
  package mutating func take(
    severity: Severity, at time: Timestamp, service: Symbol, group: GroupID, message: String,
    casebook: some Casebook
  ) -> [Alert] {
    var alerts: [Alert] = []
    for index in rules.indices {
      guard case .entry(let least) = rules[index].condition, severity >= least else { continue }
      let name = casebook.name(of: service)
      var evidence = Evidence()
      evidence.labels = ["group": group.description]
      if !name.isEmpty { evidence.labels["service"] = name }
      evidence.summary = "\(name.isEmpty ? "" : "\(name): ")\(severity.name) entry"
      evidence.description = message
      guard let key = hold(index, evidence, time, { _ in nil }), var alert = active[key] else {
        continue
      }
      let action = alert.life.event(holds: true, from: time, to: time)
      active[key] = alert
      if severity >= leastGrave { note(grave: GravePlace(service: service, group: group), key) }
      if let told = tell(alert, action, decidedAt: time) { alerts.append(told) }
    }
    return alerts
  }

  /// Tells of security insights that have just opened, those of severity warning and above.
  package mutating func take(opened: [Insight]) -> [Alert] {
    var alerts: [Alert] = []
    for index in rules.indices where rules[index].condition == .security {
      for insight in opened where insight.severity >= .warning {
        guard let key = hold(index, Evidence(security: insight), insight.at, { _ in nil }),
          var alert = active[key]
        else { continue }
        alert.insight = insight.id
        let action = alert.life.event(holds: true, from: insight.at, to: insight.at)
        active[key] = alert
        if let told = tell(alert, action, decidedAt: insight.at) { alerts.append(told) }
      }
    }
    return alerts
  }

  /// A group's entries count for another from now on; the alert keeps its labels.
  package mutating func moved(from: GroupID, to: GroupID) {
    for key in active.keys where active[key]?.group == from { active[key]?.group = to }
    for (place, key) in graves where place.group == from {
      graves[place] = nil
      note(grave: GravePlace(service: place.service, group: to), key)
    }
  }

  /// Remembers which alert a place has; where that is too many, those whose alerts are over go first.
  private mutating func note(grave place: GravePlace, _ key: UInt64) {
    if graves.count >= limit { graves = graves.filter { active[$0.value] != nil } }
    if graves.count < limit { graves[place] = key }
  }

  @discardableResult
  private mutating func hold(
    _ rule: Int, _ evidence: Evidence, _ time: Timestamp, _ incident: (String) -> String?
  ) -> UInt64? {
    var labels = evidence.labels.merging(rules[rule].labels) { _, own in own }
    labels["alertname"] = rules[rule].name
    if labels["severity"] == nil { labels["severity"] = rules[rule].severity.name }
    let key = Alert.fingerprint(of: labels)
    if let held = active[key]?.held {
      active[key]?.held = max(held, time)
      return key
    }
    guard active.count < limit else {
      turnedAway += 1
      return nil
    }
    var annotations = evidence.annotations
    annotations["summary"] = evidence.summary
    annotations["description"] = evidence.description
    if let insight = evidence.insight, let id = incident(insight) { annotations["incident"] = id }
    annotations.merge(rules[rule].annotations) { _, own in own }
    active[key] = Active(
      rule: rule, life: AlertLife(rules[rule]), labels: labels, annotations: annotations,
      group: evidence.group, held: time)
    return key
  }

  private func tell(
    _ alert: Active, _ action: AlertLife.Action, decidedAt: Timestamp
  ) -> Alert? {
    switch action {
    case .none: nil
    case .fire(let start): make(alert, .firing, start, nil, decidedAt: decidedAt)
    case .resolve(let start, let end): make(alert, .resolved, start, end, decidedAt: decidedAt)
    }
  }

  private func make(
    _ alert: Active, _ status: Alert.Status, _ start: Timestamp, _ end: Timestamp?,
    decidedAt: Timestamp
  ) -> Alert {
    Alert(
      status: status, labels: alert.labels, annotations: alert.annotations, startsAt: start,
      endsAt: end, decidedAt: decidedAt,
      generatorURL: "taffrail:rule/\(rules[alert.rule].name)")
  }
}
