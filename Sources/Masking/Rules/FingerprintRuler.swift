internal import Bytes
internal import Flow
internal import PatternMatching
package import Model

/// Applies the user's fingerprint rules to each entry, after all that reads its masked text.
///
/// What a rule makes of an entry depends on the entry and its service alone, so that the order of entries and
/// who decodes them make no difference. Without rules nothing is done.
/// - Limits: a pattern that gives up on a message does not match it (the flag `gaveUp`, and by the rule's number in
///   `batch.surrenders`, behind those of packs). Names of services are kept as the worker's names are.
package struct FingerprintRuler: ~Copyable {
  private let rules: FingerprintRules
  private let lists: FrameLists
  private let needsTrace: Bool
  private let needsService: Bool
  private var scratch = MatchScratch()
  private var services: [[UInt8]] = []
  private let firstNumber: Int
  /// Rules that gave up on the entry at hand.
  private var surrendered: [Int] = []

  /// - Parameter firstNumber: of the first rule among `batch.surrenders`: those of packs' patterns come before it.
  package init(_ rules: FingerprintRules, frames lists: FrameLists, firstNumber: Int) {
    self.rules = rules
    self.lists = lists
    self.firstNumber = firstNumber
    needsTrace = rules.rules.contains(where: \.needsTrace)
    needsService = rules.rules.contains(where: \.needsService)
  }

  package mutating func process(_ batch: Batch, _ masker: inout Masker) {
    if rules.isEmpty { return }
    if needsService { learn(batch) }
    let known = batch.surrenders.count
    let unruled: EntryFlags = [.filtered, .own, .continuation]
    for index in batch.entries.indices where batch.entries[index].flags.isDisjoint(with: unruled) {
      let entry = batch.entries[index]
      let decision = decide(entry, of: service(of: entry), in: batch)
      for rule in surrendered {
        batch.entries[index].flags.insert(.gaveUp)
        batch.surrenders.append(Surrender(entry: index, pattern: firstNumber + rule))
      }
      guard let decision else { continue }
      switch decision.outcome {
      case .ignored: batch.entries[index].flags.insert(.filtered)
      case .named(let name):
        batch.entries[index].mask = masker.slot(named: name, entry, in: batch)
      case .renamed(let title):
        batch.entries[index].mask = masker.slot(
          titled: title, decision.fingerprint, entry, in: batch)
      }
    }
    if batch.surrenders.count > known {
      batch.surrenders.sort { ($0.entry, $0.pattern) < ($1.entry, $1.pattern) }
    }
  }

  private mutating func learn(_ batch: Batch) {
    if batch.restartsNames { services.removeAll(keepingCapacity: true) }
    let arenas = batch.arenas
    for name in batch.newNames {
      while services.count <= name.symbol.index { services.append([]) }
      services[name.symbol.index] = TraceType.copy(arenas.bytes(name.spelling))
    }
  }

  private func service(of entry: Entry) -> [UInt8] {
    !entry.service.isNone && entry.service.index < services.count
      ? services[entry.service.index] : []
  }

  /// What the first rule that matches makes of an entry; nil where none does.
  package mutating func decide(_ entry: Entry, of service: [UInt8], in batch: Batch) -> Decision? {
    surrendered.removeAll(keepingCapacity: true)
    let fingerprint =
      needsTrace && entry.flags.contains(.exception)
      ? ExceptionMask.fingerprint(entry, in: batch, lists) : nil
    for (number, rule) in rules.rules.enumerated()
    where matches(rule, number, entry, fingerprint, service, in: batch) {
      return Decision(
        rule: number,
        outcome: outcome(rule, entry, fingerprint, service, in: batch), fingerprint: fingerprint)
    }
    return nil
  }

  private mutating func matches(
    _ rule: FingerprintRule, _ number: Int, _ entry: Entry,
    _ fingerprint: ExceptionFingerprint?, _ service: [UInt8], in batch: Batch
  ) -> Bool {
    if let glob = rule.service, !glob.matches(service) { return false }
    if let glob = rule.type, !(fingerprint?.types.contains(where: glob.matches) ?? false) {
      return false
    }
    if let glob = rule.function {
      let isThere = fingerprint?.frames.contains {
        glob.matches($0.name) || glob.matches($0.function)
      }
      if isThere != true { return false }
    }
    if let glob = rule.path, !(fingerprint?.frames.contains { glob.matches($0.place) } ?? false) {
      return false
    }
    guard let message = rule.message else { return true }
    let arenas = batch.arenas
    switch scratch.match(message.prepared(), arenas.bytes(entry.message)) {
    case .found: return true
    case .notFound: return false
    case .gaveUp:
      surrendered.append(number)
      return false
    }
  }

  private func outcome(
    _ rule: FingerprintRule, _ entry: Entry, _ fingerprint: ExceptionFingerprint?,
    _ service: [UInt8], in batch: Batch
  ) -> Outcome {
    switch rule.action {
    case .ignore: return .ignored
    case .merge(let name): return .named(Array(name.utf8))
    case .rename(let title): return .renamed(Array(title.utf8))
    case .split(let names, let title):
      let values = names.map { name -> [UInt8] in
        let value: [UInt8]
        switch name {
        case "service": value = service
        case "type": value = fingerprint?.types.first ?? []
        case "function": value = fingerprint?.frames.first { $0.verdict.isKept }?.name ?? []
        case "path": value = fingerprint?.frames.first { $0.verdict.isKept }?.place ?? []
        default: value = capture(name, rule, entry, in: batch)
        }
        return Array(name.utf8) + [0x3d] + Self.plain(value)
      }
      var text = title.map { Array($0.utf8) } ?? fingerprint?.types.first ?? Array("split".utf8)
      text += " [".utf8
      text += values.joined(separator: Array(", ".utf8))
      text.append(0x5d)
      return .named(text)
    }
  }

  /// The first 100 bytes of a value, with blanks for control characters: the name of a group is one line.
  private static func plain(_ value: [UInt8]) -> [UInt8] {
    value.prefix(100).map { $0 < 0x20 ? 0x20 : $0 }
  }

  /// What a group of the last match holds; of several of one name, the one that took part.
  private func capture(
    _ name: String, _ rule: FingerprintRule, _ entry: Entry, in batch: Batch
  ) -> [UInt8] {
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    for group in rule.message?.groups ?? [] where group.name == name {
      guard let range = scratch.capture(group.number) else { continue }
      return range.map { message[$0] }
    }
    return []
  }

  /// What a rule made of an entry.
  package struct Decision {
    /// Its place in the configuration, from 0.
    package var rule: Int
    package var outcome: Outcome
    var fingerprint: ExceptionFingerprint?
  }

  package enum Outcome: Equatable, Sendable {
    case ignored
    case named([UInt8])
    case renamed([UInt8])
  }
}
