internal import Correlation
internal import Flow
internal import Grouping
internal import Model

/// Answers what judging stages ask about the run so far, out of the run's memory.
final class RunCasebook: Casebook {
  var run: RunMemory
  var recent = RecentMinutes()
  private let sources: SourceNames

  /// - Parameter sources: names of the inputs, for `path:line` references.
  init(fields: FieldNames, sources: SourceNames, keepsMinutesOpen: Bool = false) {
    run = RunMemory(fields: fields, keepsMinutesOpen: keepsMinutesOpen)
    self.sources = sources
  }

  /// `path:line`, or the journal's cursor.
  func reference(_ place: EntryPlace) -> String {
    if !place.cursor.isEmpty { return String(decoding: place.cursor, as: UTF8.self) }
    return "\(sources.name(of: place.source)):\(place.line)"
  }

  /// The name of an input.
  func name(ofSource source: Int) -> String { sources.name(of: source) }

  func name(of symbol: Symbol) -> String { run.name(of: symbol) }

  func profile(of group: GroupID) -> GroupProfile? {
    run.profile(of: group) { self.reference($0) }
  }

  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] {
    let counts = recent.errorGroups(from: from, through: through).filter { id, _ in
      guard let service else { return true }
      return run.services(of: id).contains(service)
    }
    return counts.keys.sorted {
      let left = counts[$0] ?? 0
      let right = counts[$1] ?? 0
      return left != right ? left > right : $0.number < $1.number
    }.prefix(limit).map { $0 }
  }

  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] {
    var question = ContextMemory.Question(before: time, limit: limit)
    question.contexts = contexts(of: group)
    question.service = profile(of: group)?.services.first
    question.host = hosts(of: group).first
    let total = max(run.registry.recorded, 1)
    let found = run.contexts.preceding(
      question,
      isRare: { run.count(of: $0) * 1000 <= total },
      isExcluded: { run.group(of: $0) == group })
    return found.map { entry in
      let id = run.group(of: entry.shape)
      return PrecedingEntry(
        at: entry.time, group: GroupReference(id: id, template: template(of: id)),
        service: name(of: entry.service),
        lagSeconds: Double(time.nanoseconds &- entry.time.nanoseconds) / 1e9)
    }
  }

  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] {
    run.changes.changes(from: from, to: to)
  }

  func hosts(of group: GroupID) -> [Symbol] { run.hosts(of: group) }

  var hasSeveralHosts: Bool { run.hasSeveralHosts }

  func contexts(of group: GroupID) -> [UInt64] { run.contexts(of: group) }

  func template(of id: GroupID) -> String {
    run.template(of: id)
  }
}
