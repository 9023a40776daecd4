internal import Correlation
internal import Flow
internal import Grouping
internal import Model

/// Answers what judging stages ask about the run so far; a view that lives for one decision.
struct RunCasebook: Casebook {
  private let names: NameDirectory
  private let miner: TemplateMiner
  private let registry: GroupRegistry
  private let memory: ContextMemory
  private let markers: ChangeMarkers
  private let recent: RecentMinutes

  init(_ analysis: borrowing Analysis) {
    names = analysis.names
    miner = analysis.miner
    registry = analysis.registry
    memory = analysis.memory
    markers = analysis.changes
    recent = analysis.recent
  }

  func name(of symbol: Symbol) -> String { names.name(of: symbol) }

  func profile(of group: GroupID) -> GroupProfile? { registry.profile(of: group, miner) }

  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] {
    let counts = recent.groups(from: from, through: through).filter { id, count in
      guard count.severity.isError else { return false }
      return service.map { registry.services(of: id, miner).contains($0) } ?? true
    }
    return counts.keys.sorted {
      let left = counts[$0]?.entries ?? 0
      let right = counts[$1]?.entries ?? 0
      return left != right ? left > right : $0.number < $1.number
    }.prefix(limit).map { $0 }
  }

  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] {
    let services = registry.services(of: group, miner)
    let own = contexts(of: group)
    var found: [PrecedingEntry] = []
    var seen: Set<GroupID> = [group]
    for context in own + [0] {
      let remembered = memory.preceding(
        context: context, service: services.first ?? .none, before: time, limit: limit * 4)
      for entry in remembered where found.count < limit {
        let id = miner.group(of: entry.shape)
        guard seen.insert(id).inserted else { continue }
        let lag = Double(time.nanoseconds &- entry.time.nanoseconds) / 1e9
        found.append(
          PrecedingEntry(
            at: entry.time, group: GroupReference(id: id, template: template(id)),
            service: name(of: entry.service), lagSeconds: lag))
      }
    }
    return found
  }

  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] {
    markers.between(from, to)
  }

  func hosts(of group: GroupID) -> [Symbol] { registry.hosts(of: group, miner) }

  var hasSeveralHosts: Bool { registry.hostCount > 1 }

  func contexts(of group: GroupID) -> [UInt64] { registry.contexts(of: group, miner) }

  private func template(_ id: GroupID) -> String {
    miner.group(of: id).map { miner.text(of: $0) } ?? ""
  }
}
