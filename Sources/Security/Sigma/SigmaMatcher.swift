internal import Bytes
internal import Flow
package import Model
internal import PatternMatching

/// Matches the loaded Sigma rules with each entry, on a worker; what matches is noted in the batch.
///
/// An entry's traits tell which log sources it belongs to, a search for the sources' literals which rules
/// may match; only those are asked. A pure function of the entry's bytes.
/// - Limits: 64 matches an entry; regular expressions and wildcards see 16 KiB of a value. A rule whose
///   expression gives up counts as not matching, and is noted as such.
package struct SigmaMatcher: ~Copyable, BatchStage {
  private static let matchLimit = 64
  private static let textLimit = 16 << 10

  private let plan: SigmaPlan
  private let isEmpty: Bool
  /// The plan's, beside it: a span of a class's property can't be taken.
  private let bytes: [UInt8]
  private let tokens: [UInt16]
  private let survey: SigmaSurvey?
  private var traits: TraitReader
  private var hits: HitList
  private var scratch = MatchScratch()
  private var prepared: [PreparedPattern?]
  /// Values found for the entry at hand, by field; those of an older turn don't count.
  private var values: [ByteRange]
  private var isThere: [Bool]
  private var turns: [UInt32]
  private var turn: UInt32 = 0
  private var isAudit = false
  private var gaveUp = false
  /// By symbol.
  private var spellings: [[UInt8]] = [[]]
  private var matched: [UInt16] = []

  package init(_ rules: SigmaRules, names: FieldNames, survey: SigmaSurvey? = nil) {
    plan = rules.plan
    isEmpty = rules.plan.roots.isEmpty
    bytes = plan.bytes
    tokens = plan.tokens
    self.survey = survey
    traits = TraitReader(plan.sources, names: names)
    hits = HitList(limit: plan.roots.count)
    prepared = Array(repeating: nil, count: plan.patterns.count)
    let count = plan.fields.fields.count
    values = Array(repeating: .empty, count: count)
    isThere = Array(repeating: false, count: count)
    turns = Array(repeating: 0, count: count)
  }

  package mutating func process(_ batch: Batch) {
    if isEmpty { return }
    traits.learnNames(batch)
    learnSpellings(batch)
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    for index in entries.indices {
      if !entries[index].flags.isDisjoint(with: .notCounted) { continue }
      if entries[index].flags.contains(.continuation) { continue }
      let found = traits.traits(of: entries[index], in: batch)
      if match(entries[index], found, index, in: batch) { entries[index].flags.insert(.ruleMatch) }
      if let survey { note(entries[index], found, in: batch, survey) }
    }
    swap(&entries, &batch.entries)
  }

  private mutating func learnSpellings(_ batch: Batch) {
    if batch.restartsNames { spellings = [[]] }
    let arenas = batch.arenas
    for name in batch.newNames {
      while spellings.count <= name.symbol.index { spellings.append([]) }
      spellings[name.symbol.index] = Array(arenas.text(name.spelling).utf8)
    }
  }

  private mutating func match(
    _ entry: Entry, _ found: LogTraits, _ index: Int, in batch: Batch
  ) -> Bool {
    if turn == .max {
      for field in turns.indices { turns[field] = 0 }
      turn = 0
    }
    turn += 1
    isAudit = found.contains(.audit)
    matched.removeAll(keepingCapacity: true)
    let before = batch.ruleMatches.count
    for place in plan.groups.indices where found.isSuperset(of: plan.groups[place].traits) {
      ask(place, entry, index, in: batch)
    }
    if matched.isEmpty { return batch.ruleMatches.count > before }
    matched.sort()
    for number in matched.prefix(Self.matchLimit) {
      batch.ruleMatches.append(RuleMatch(entry: index, rule: Int(number)))
      survey?.matched(number)
    }
    return true
  }

  /// Asks the rules of a group that may match.
  private mutating func ask(_ place: Int, _ entry: Entry, _ index: Int, in batch: Batch) {
    hits.removeAll()
    look(place, entry, in: batch)
    let free = plan.groups[place].free
    for number in free { hits.add(number) }
    var at = 0
    while at < hits.numbers.count {
      let number = Int(hits.numbers[at])
      at += 1
      gaveUp = false
      if holds(plan.roots[number], entry, in: batch) {
        matched.append(UInt16(number))
      } else if gaveUp {
        batch.ruleMatches.append(RuleMatch(entry: index, rule: number, gaveUp: true))
      }
    }
  }

  /// Finds the literals of a group in all of the entry's texts.
  private mutating func look(_ place: Int, _ entry: Entry, in batch: Batch) {
    if plan.groups[place].finder.isEmpty { return }
    let arenas = batch.arenas
    plan.groups[place].finder.find(in: arenas.bytes(entry.message), &hits)
    guard plan.groups[place].looksIntoFields else { return }
    for range in [entry.captureRange, entry.fieldRange] {
      for index in range.clamped(to: 0..<batch.fields.count) {
        plan.groups[place].finder.find(in: arenas.bytes(batch.fields[index].value), &hits)
      }
    }
    if isAudit { lookIntoAudit(place, entry, arenas) }
  }

  /// What an audit record holds in other words than it is written in: decoded values, the command line.
  private mutating func lookIntoAudit(_ place: Int, _ entry: Entry, _ arenas: ArenaPair) {
    let message = arenas.bytes(entry.message)
    if let command = AuditText.command(message, into: arenas) {
      plan.groups[place].finder.find(in: arenas.bytes(command), &hits)
    }
    var at = 0
    while let equals = message.firstIndex(of: 0x3d, from: at) {
      let found = AuditText.value(message, from: equals + 1)
      at = max(equals + 1, found.end)
      guard !found.isQuoted, found.end - found.start >= 2 * LiteralFinder.shortest else { continue }
      let digits = message.extracting(found.start..<found.end)
      if let decoded = AuditText.decoded(digits, into: arenas.side) {
        plan.groups[place].finder.find(in: arenas.bytes(decoded), &hits)
      }
    }
  }

  private mutating func holds(_ number: Int, _ entry: Entry, in batch: Batch) -> Bool {
    let node = plan.nodes[number]
    switch node.kind {
    case .test: return holds(plan.tests[node.first], entry, in: batch)
    case .not:
      let isHeld = holds(plan.children[node.first], entry, in: batch)
      return !isHeld && !gaveUp
    case .all:
      for at in node.first..<(node.first + node.count)
      where !holds(plan.children[at], entry, in: batch) {
        return false
      }
      return true
    case .any:
      for at in node.first..<(node.first + node.count)
      where holds(plan.children[at], entry, in: batch) {
        return true
      }
      return false
    }
  }

  private mutating func holds(
    _ test: SigmaPlan.Test, _ entry: Entry, in batch: Batch
  ) -> Bool {
    if test.kind == .moment { return momentHolds(test, entry, in: batch) }
    let arenas = batch.arenas
    guard let range = value(test.field, entry, in: batch) else { return test.kind == .missing }
    let text = arenas.bytes(range)
    switch test.kind {
    case .missing: return false
    case .exists: return true
    case .whole, .start, .end, .anywhere:
      let value = bytes.span.extracting(test.start..<(test.start + test.count))
      return Self.stands(
        value, in: text, at: test.kind.placement, ignoresCase: test.ignoresCase)
    case .wildcards:
      let value = tokens.span.extracting(test.start..<(test.start + test.count))
      return TextMatching.fits(
        text.extracting(0..<min(text.count, Self.textLimit)), value, ignoresCase: test.ignoresCase)
    case .pattern: return patternHolds(test.other, text)
    case .number:
      guard let number = TextMatching.number(text) else { return false }
      return test.order.holds(number, test.number)
    case .block: return test.block?.contains(text) ?? false
    case .field:
      guard let other = value(test.other, entry, in: batch) else { return false }
      return fieldsAgree(text, arenas.bytes(other), test)
    case .moment: return false
    }
  }

  private static func stands(
    _ value: Span<UInt8>, in text: Span<UInt8>, at placement: SigmaPlacement, ignoresCase: Bool
  ) -> Bool {
    switch placement {
    case .whole:
      return text.count == value.count
        && TextMatching.stands(value, in: text, at: 0, ignoresCase: ignoresCase)
    case .start: return TextMatching.stands(value, in: text, at: 0, ignoresCase: ignoresCase)
    case .end:
      return TextMatching.stands(
        value, in: text, at: text.count - value.count, ignoresCase: ignoresCase)
    case .anywhere: return TextMatching.contains(value, in: text, ignoresCase: ignoresCase)
    }
  }

  /// Compares with another field's text, of which at most 4 KiB count.
  private func fieldsAgree(
    _ text: Span<UInt8>, _ other: Span<UInt8>, _ test: SigmaPlan.Test
  ) -> Bool {
    guard other.count <= 4096, !other.isEmpty else { return other.isEmpty && text.isEmpty }
    var wanted: [UInt8] = []
    for at in 0..<other.count {
      wanted.append(test.ignoresCase ? TextMatching.folded(other[at]) : other[at])
    }
    return Self.stands(
      wanted.span, in: text.extracting(0..<min(text.count, Self.textLimit)), at: test.placement,
      ignoresCase: test.ignoresCase)
  }

  private mutating func patternHolds(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let pattern: PreparedPattern
    if let known = prepared[number] {
      pattern = known
    } else {
      pattern = plan.patterns[number].prepared()
      prepared[number] = pattern
    }
    let isWhole = text.count <= Self.textLimit
    let seen = text.extracting(0..<min(text.count, Self.textLimit))
    switch scratch.match(pattern, seen, endsThere: isWhole) {
    case .found: return true
    case .notFound: return false
    case .gaveUp:
      gaveUp = true
      return false
    }
  }

  private mutating func momentHolds(
    _ test: SigmaPlan.Test, _ entry: Entry, in batch: Batch
  ) -> Bool {
    var time = Timestamp.unknown
    if test.field >= 0, let range = value(test.field, entry, in: batch) {
      let arenas = batch.arenas
      time = StampText.timestamp(arenas.bytes(range)) ?? .unknown
    } else if test.field < 0 || plan.fields.isTime(test.field) {
      time = entry.time
    }
    return time.isKnown && test.order.holds(Double(test.part.value(of: time)), test.number)
  }

  /// A field's value, looked up once for an entry; nil where it has none.
  private mutating func value(_ field: Int, _ entry: Entry, in batch: Batch) -> ByteRange? {
    if field < 0 { return entry.message }
    if turns[field] != turn {
      turns[field] = turn
      switch plan.fields.find(field, entry, in: batch, isAudit: isAudit) {
      case .absent: isThere[field] = false
      case .bytes(let range):
        values[field] = range
        isThere[field] = true
      case .symbol(let symbol):
        let spelling = symbol.index < spellings.count ? spellings[symbol.index] : []
        values[field] = batch.arenas.keep(spelling.span) ?? .empty
        isThere[field] = true
      }
    }
    return isThere[field] ? values[field] : nil
  }

  /// Tells a survey what the entry has.
  private mutating func note(
    _ entry: Entry, _ found: LogTraits, in batch: Batch, _ survey: SigmaSurvey
  ) {
    for place in plan.groups.indices where found.isSuperset(of: plan.groups[place].traits) {
      survey.saw(group: place)
    }
    for field in values.indices where value(field, entry, in: batch) != nil {
      survey.saw(field: field)
    }
  }
}

extension SigmaPlan.Test.Kind {
  fileprivate var placement: SigmaPlacement {
    switch self {
    case .start: .start
    case .end: .end
    case .anywhere: .anywhere
    default: .whole
    }
  }
}
