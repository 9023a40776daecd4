import Flow
import Model

/// A casebook of what a test says.
struct FakeCasebook: Casebook {
  var names: [String] = [""]
  var profiles: [GroupID: GroupProfile] = [:]
  var markers: [ChangeMarker] = []
  var precedingEntries: [PrecedingEntry] = []
  var hostsByGroup: [GroupID: [Symbol]] = [:]
  var contextsByGroup: [GroupID: [UInt64]] = [:]
  var hasSeveralHosts = false

  func name(of symbol: Symbol) -> String {
    names.indices.contains(symbol.index) ? names[symbol.index] : ""
  }

  func profile(of group: GroupID) -> GroupProfile? { profiles[group] }

  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] {
    let fitting = profiles.values.filter { profile in
      profile.severity.isError && (service.map { profile.services.contains($0) } ?? true)
    }
    return fitting.sorted {
      ($1.count, $0.reference.id.number) < ($0.count, $1.reference.id.number)
    }
    .prefix(limit).map(\.reference.id)
  }

  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] {
    Array(precedingEntries.prefix(limit))
  }

  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] {
    markers.filter { $0.at >= from && $0.at <= to }.sorted { $0.at > $1.at }
  }

  func hosts(of group: GroupID) -> [Symbol] { hostsByGroup[group] ?? [] }
  func contexts(of group: GroupID) -> [UInt64] { contextsByGroup[group] ?? [] }

  mutating func addService(_ name: String) -> Symbol {
    names.append(name)
    return Symbol(number: UInt32(names.count - 1))
  }

  @discardableResult
  mutating func addGroup(
    _ number: UInt64, _ template: String, _ service: Symbol, severity: Severity = .error,
    firstMinute: Int = 0, count: Int = 100, category: Category = .application,
    message: String? = nil
  ) -> GroupID {
    let id = GroupID(number: number)
    let first = Minute(number: Int64(firstMinute)).start.advanced(byNanoseconds: 5_000_000_000)
    profiles[id] = GroupProfile(
      reference: GroupReference(id: id, template: template), kind: .message, count: count,
      severity: severity, category: category, services: [service], firstSeen: first,
      lastSeen: first,
      exemplars: [Exemplar(at: first, message: message ?? template, reference: "log:1")])
    return id
  }
}

/// One minute as the desk sees it.
struct Scene {
  var facts: MinuteFacts
  var findings: [Finding] = []

  init(
    _ minute: Int, groups: [(GroupID, Int)] = [], services: [(Symbol, Int, Int)] = [],
    casebook: FakeCasebook? = nil
  ) {
    facts = MinuteFacts(minute: Minute(number: Int64(minute)))
    facts.services = services.sorted { $0.0 < $1.0 }.map {
      .init(service: $0.0, entries: $0.1, errors: $0.2)
    }
    facts.errors = services.reduce(0) { $0 + $1.2 }
    facts.entries = max(1, services.reduce(0) { $0 + $1.1 })
    facts.groups = groups.sorted { $0.0.number < $1.0.number }.map {
      .init(
        group: $0.0, entries: $0.1, severity: casebook?.profiles[$0.0]?.severity ?? .error)
    }
  }

  func with(
    _ kind: Finding.Kind, _ series: SeriesKey, actual: Double, typical: Double, since: Int? = nil,
    name: String = "rolling_zscore"
  ) -> Scene {
    var scene = self
    scene.findings.append(
      Finding(
        series: series, minute: facts.minute, kind: kind,
        since: since.map { Minute(number: Int64($0)) } ?? facts.minute,
        reading: DetectorReading(
          name: name, actual: actual, typical: typical, upper: typical + 3, score: 9, count: 60,
          unit: "errors/min")))
    return scene
  }
}
