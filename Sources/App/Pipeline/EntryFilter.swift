internal import Bytes
internal import Flow
internal import Model
internal import PatternMatching

/// Marks the entries that the user did not ask for (`-S -U -u -p -g --where`); on a worker.
///
/// A pure function of the entry: what it keeps is whether a worker's symbol names a wanted unit.
struct EntryFilter: ~Copyable, BatchStage {
  private let since: Timestamp?
  private let until: Timestamp?
  private let units: [String]
  private let severity: Severity
  private let source: Pattern?
  private let pattern: PreparedPattern?
  private var fields: [FieldCondition]
  private let passesAll: Bool
  private var scratch = MatchScratch()
  /// By symbol: whether the name is of a wanted unit.
  private var isWanted: [Bool] = [false]

  init(_ selection: ResolvedSelection, names: FieldNames) {
    since = selection.since
    until = selection.until
    units = selection.units
    severity = selection.severity
    source = selection.pattern
    pattern = selection.pattern?.prepared()
    fields = selection.fields.map { FieldCondition(name: $0.name, value: $0.value, names: names) }
    passesAll = selection.passesAll
  }

  mutating func process(_ batch: Batch) {
    if passesAll { return }
    learnNames(batch)
    for index in fields.indices { fields[index].learnNames(batch) }
    for index in batch.entries.indices where !passes(batch.entries[index], batch) {
      batch.entries[index].flags.insert(.filtered)
    }
  }

  private mutating func passes(_ entry: Entry, _ batch: Batch) -> Bool {
    if let since, entry.time.isKnown, entry.time < since { return false }
    if let until, entry.time.isKnown, entry.time > until { return false }
    if entry.severity < severity { return false }
    if !units.isEmpty, !wants(entry.service), !wants(entry.program) { return false }
    let arenas = batch.arenas
    if let pattern, scratch.match(pattern, arenas.bytes(entry.message)) != .found { return false }
    for field in fields where !field.holds(entry, batch) { return false }
    return true
  }

  private func wants(_ symbol: Symbol) -> Bool {
    symbol.index < isWanted.count && isWanted[symbol.index]
  }

  private mutating func learnNames(_ batch: Batch) {
    if batch.restartsNames { isWanted = [false] }
    for name in batch.newNames {
      while isWanted.count <= name.symbol.index { isWanted.append(false) }
      let spelling = batch.arenas.text(name.spelling)
      isWanted[name.symbol.index] = units.contains { UnitName($0).matches(spelling) }
    }
  }
}

/// A unit as `-u` takes it: with or without `.service`, `*` and `?` as in a shell.
struct UnitName {
  private let wanted: [UInt8]

  init(_ text: String) {
    wanted = Array((text.hasSuffix(".service") ? String(text.dropLast(8)) : text).utf8)
  }

  func matches(_ name: String) -> Bool {
    let text = Array((name.hasSuffix(".service") ? String(name.dropLast(8)) : name).utf8)
    var at = 0
    var want = 0
    var star: (want: Int, at: Int)?
    while at < text.count {
      if want < wanted.count, wanted[want] == 0x2a {
        star = (want, at)
        want += 1
      } else if want < wanted.count, wanted[want] == text[at] || wanted[want] == 0x3f {
        want += 1
        at += 1
      } else if let last = star {
        want = last.want + 1
        at = last.at + 1
        star = (last.want, at)
      } else {
        return false
      }
    }
    return wanted[want...].allSatisfy { $0 == 0x2a }
  }
}
