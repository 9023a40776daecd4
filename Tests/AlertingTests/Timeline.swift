import Alerting
import Flow
import Model
import Testing

/// Plays an alert's life by hand: `push` at a minute, then compare what happened between two.
struct Timeline {
  private var desk: AlertDesk
  private let casebook = NamedServices()
  private var told: [Alert] = []

  init(_ rules: [AlertRule] = AlertRule.builtIn, limit: Int = 10_000) {
    desk = AlertDesk(rules: rules, limit: limit)
  }

  var turnedAway: Int { desk.turnedAway }
  var activeCount: Int { desk.activeCount }

  /// Closes a minute with so many errors among so many entries.
  mutating func push(
    at minute: Int, errors: Int = 0, entries: Int = 1, findings: [Finding] = [],
    opened: [Insight] = [], groups: [UInt64] = [], isGap: Bool = false
  ) {
    var facts = MinuteFacts(minute: Minute(number: Int64(minute)))
    facts.errors = errors
    facts.entries = entries
    facts.isGap = isGap
    facts.groups = groups.map {
      .init(group: GroupID(number: $0), entries: 1, severity: .error)
    }
    told += desk.close(
      facts, findings: findings, opened: opened, casebook: casebook,
      incident: { _ in "incident-1" })
  }

  /// A grave entry, so many seconds after the run's start.
  mutating func entry(
    at seconds: Int64, _ severity: Severity, service: UInt32 = 1, group: UInt64 = 9
  ) {
    let time = Timestamp(seconds: seconds)
    let symbol = Symbol(number: service)
    let id = GroupID(number: group)
    guard desk.concerns(severity: severity), !desk.keepsUp(at: time, service: symbol, group: id)
    else { return }
    told += desk.take(
      severity: severity, at: time, service: symbol, group: id, message: "it broke",
      casebook: casebook)
  }

  mutating func moved(from: UInt64, to: UInt64) {
    desk.moved(from: GroupID(number: from), to: GroupID(number: to))
  }

  /// What was told with a watermark from one minute up to before another: `+name` fired, `-name` resolved.
  func want(between: Range<Int>) -> [String] {
    alerts(between).map { ($0.status == .firing ? "+" : "-") + ($0.labels["alertname"] ?? "") }
  }

  func alerts(_ between: Range<Int>) -> [Alert] {
    told.filter {
      $0.decidedAt >= Minute(number: Int64(between.lowerBound)).start
        && $0.decidedAt < Minute(number: Int64(between.upperBound)).start
    }
  }
}

/// Names services after their numbers.
struct NamedServices: Casebook {
  func name(of symbol: Symbol) -> String { symbol.isNone ? "" : "service\(symbol.number)" }
  func profile(of group: GroupID) -> GroupProfile? { nil }
  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] { [] }
  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] { [] }
  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] { [] }
  func hosts(of group: GroupID) -> [Symbol] { [] }
  var hasSeveralHosts: Bool { false }
  func contexts(of group: GroupID) -> [UInt64] { [] }
}
