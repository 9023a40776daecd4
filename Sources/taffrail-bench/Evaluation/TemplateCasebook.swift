import Flow
import Generation
import Model

/// What the insight desk may ask about a stream whose entries are known by their templates.
struct TemplateCasebook: Casebook {
  private let landscape: Landscape
  private var counts: [Int]
  private var firstSeen: [Timestamp]
  private var ofMinute: [Int]
  private var recent: [MinuteFacts] = []
  private var markers: [ChangeMarker] = []

  init(_ landscape: Landscape) {
    self.landscape = landscape
    counts = Array(repeating: 0, count: landscape.templates.count)
    firstSeen = Array(repeating: .unknown, count: landscape.templates.count)
    ofMinute = counts
  }

  /// Counts a minute's entries.
  mutating func take(_ entries: [PlannedEntry], _ minute: Minute) -> MinuteFacts {
    var facts = MinuteFacts(minute: minute)
    for index in ofMinute.indices { ofMinute[index] = 0 }
    for entry in entries {
      let template = entry.template
      if counts[template] + ofMinute[template] == 0 {
        firstSeen[template] = minute.start.advanced(
          byNanoseconds: Int64(entry.offset) * 1000)
      }
      ofMinute[template] += 1
      mark(entry, minute)
    }
    var services: [Int: (entries: Int, errors: Int)] = [:]
    for (template, count) in ofMinute.enumerated() where count > 0 {
      let known = landscape.templates[template]
      let errors = known.text.severity.isError ? count : 0
      counts[template] += count
      facts.entries += count
      facts.errors += errors
      services[known.service, default: (0, 0)].entries += count
      services[known.service, default: (0, 0)].errors += errors
      facts.groups.append(
        .init(
          group: id(template), entries: count, severity: known.text.severity,
          category: known.text.category))
    }
    facts.services = services.sorted { $0.key < $1.key }.map {
      .init(service: symbol($0.key), entries: $0.value.entries, errors: $0.value.errors)
    }
    facts.isGap = entries.isEmpty
    recent.append(facts)
    if recent.count > 60 { recent.removeFirst() }
    return facts
  }

  private mutating func mark(_ entry: PlannedEntry, _ minute: Minute) {
    let template = landscape.templates[entry.template]
    guard entry.subject != 255 else { return }
    let unit = landscape.services[entry.subject].program.unit
    let words: String
    switch template.text.role {
    case .scheduled: words = "\(unit): Scheduled restart job, restart counter is at 1."
    case .started: words = "Started \(unit)"
    default: return
    }
    markers.append(
      ChangeMarker(
        at: minute.start.advanced(byNanoseconds: Int64(entry.offset) * 1000), kind: .restart,
        service: symbol(template.service), host: Symbol(number: UInt32(entry.slot) + 1),
        message: words))
    if markers.count > 1024 { markers.removeFirst() }
  }

  private func symbol(_ service: Int) -> Symbol { Symbol(number: UInt32(service) + 1) }
  private func id(_ template: Int) -> GroupID { GroupID(number: UInt64(template) + 1) }

  func name(of symbol: Symbol) -> String {
    landscape.services.indices.contains(symbol.index - 1)
      ? landscape.services[symbol.index - 1].program.name : ""
  }

  func profile(of group: GroupID) -> GroupProfile? {
    let index = Int(group.number) - 1
    guard landscape.templates.indices.contains(index), counts[index] > 0 else { return nil }
    let template = landscape.templates[index]
    return GroupProfile(
      reference: GroupReference(id: group, template: template.text.wildcards), kind: .message,
      count: counts[index], severity: template.text.severity, category: template.text.category,
      services: [symbol(template.service)], firstSeen: firstSeen[index],
      lastSeen: recent.last?.minute.start ?? .unknown, exemplars: [])
  }

  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] {
    var sums: [GroupID: Int] = [:]
    for facts in recent where facts.minute >= from && facts.minute <= through {
      for group in facts.groups where group.severity.isError {
        let owner = symbol(landscape.templates[Int(group.group.number) - 1].service)
        if service.map({ $0 == owner }) ?? true { sums[group.group, default: 0] += group.entries }
      }
    }
    return sums.sorted { ($1.value, $0.key.number) < ($0.value, $1.key.number) }
      .prefix(limit).map(\.key)
  }

  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] {
    var found: [ChangeMarker] = []
    for marker in markers.reversed() {
      if marker.at < from { break }
      if marker.at <= to { found.append(marker) }
    }
    return found
  }

  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] { [] }
  func hosts(of group: GroupID) -> [Symbol] { [] }
  func contexts(of group: GroupID) -> [UInt64] { [] }
  var hasSeveralHosts: Bool { true }
}
