internal import Bytes
internal import Flow
package import Model
internal import PatternMatching

/// Finds each entry's pattern: candidates by its masked text, then by its program, then PCRE2 on the message.
///
/// One per worker. The first candidate that matches wins. What a masked text decides is only which patterns
/// may match (`CandidateIndex`), never whether one does, as it may turn on what was masked. Everything else
/// is a function of the entry's own bytes.
///
/// - Limits: patterns see `textLimit` bytes of a message (`frames.matchedInPart`); a pattern that gives up
///   counts as not matching (`frames.gaveUp`, `gaveUp`, the entry's flag).
package struct PackMatcher: ~Copyable, BatchStage {
  private let library: PackLibrary
  private let textLimit: Int
  private let plan: MatchPlan
  private var scratch: MatchScratch
  private var look: CandidateIndex.Scratch
  private var lists: CandidateLists
  private var scopes: ScopeCache
  private var prepared: [PreparedPattern?]
  /// Where a batch's side arena holds each action's text.
  private var actions: [ByteRange]
  /// How often each pattern gave up, by its number; element 0 is not used.
  package private(set) var gaveUp: [Int]

  /// Bytes of a message that patterns see: longer texts are dumps, whose start tells what they are.
  package static let defaultTextLimit = 16 << 10

  package init(
    _ library: PackLibrary, textLimit: Int = PackMatcher.defaultTextLimit,
    matchLimit: Int = 100_000
  ) {
    self.library = library
    self.textLimit = max(1, textLimit)
    plan = MatchPlan(library.patterns)
    scratch = MatchScratch(matchLimit: matchLimit)
    look = library.index.scratch()
    lists = CandidateLists(patternCount: library.patterns.count)
    scopes = ScopeCache(library.scopes)
    prepared = Array(repeating: nil, count: library.patterns.count)
    actions = Array(repeating: .empty, count: plan.actions.count)
    gaveUp = Array(repeating: 0, count: library.patterns.count + 1)
  }

  package mutating func process(_ batch: Batch) {
    if library.patterns.isEmpty { return }
    if batch.restartsMasks { lists.removeSlots() }
    if batch.restartsNames { scopes.removeAll() }
    let arenas = batch.arenas
    for name in batch.newNames { scopes.add(name.symbol, arenas.bytes(name.spelling)) }
    // An exception's text is its frames, not its message: its entries are looked up one by one.
    for mask in batch.newMasks where mask.kind == .message {
      library.index.look(arenas.bytes(mask.text), &look)
      lists.set(mask.slot, look.found)
    }
    for index in actions.indices { actions[index] = .empty }

    var entries = batch.entries
    batch.entries = []
    for index in entries.indices where entries[index].message.count > 0 {
      match(&entries[index], batch, arenas)
    }
    batch.entries = entries
  }

  private mutating func match(_ entry: inout Entry, _ batch: Batch, _ arenas: ArenaPair) {
    let whole = Int(entry.message.count)
    if let range = lists.range(entry.mask) {
      if range.isEmpty { return }
      let text = arenas.bytes(ByteRange(start: entry.message.start, count: seen(entry)))
      var isSeen = false
      for position in range
      where attempt(lists[position], &entry, text, whole, batch, &isSeen) { break }
      if isSeen, whole > textLimit { batch.frames.matchedInPart += 1 }
    } else {
      let text = arenas.bytes(ByteRange(start: entry.message.start, count: seen(entry)))
      library.index.look(text, &look)
      var isSeen = false
      for position in 0..<look.found.count
      where attempt(Int(look.found[position]), &entry, text, whole, batch, &isSeen) { break }
      if isSeen, whole > textLimit { batch.frames.matchedInPart += 1 }
    }
  }

  private func seen(_ entry: Entry) -> UInt32 {
    min(entry.message.count, UInt32(clamping: textLimit))
  }

  /// Tries one pattern; true ends the search.
  private mutating func attempt(
    _ index: Int, _ entry: inout Entry, _ text: Span<UInt8>, _ whole: Int, _ batch: Batch,
    _ isSeen: inout Bool
  ) -> Bool {
    guard scopes.takes(Int(plan.steps[index].scope), entry) else { return false }
    isSeen = true
    switch scratch.match(pattern(index), text, endsThere: whole == text.count) {
    case .notFound: return false
    case .gaveUp:
      gaveUp[index + 1] &+= 1
      batch.frames.gaveUp += 1
      entry.flags.insert(.gaveUp)
      return false
    case .found:
      take(index, &entry, text, batch)
      return true
    }
  }

  @inline(__always)
  private mutating func pattern(_ index: Int) -> PreparedPattern {
    if let known = prepared[index] { return known }
    let made = library.patterns[index].pattern.prepared()
    prepared[index] = made
    return made
  }

  private mutating func take(
    _ index: Int, _ entry: inout Entry, _ text: Span<UInt8>, _ batch: Batch
  ) {
    let step = plan.steps[index]
    entry.pattern = UInt16(truncatingIfNeeded: index + 1)
    if step.category != .other { entry.category = step.category }
    if step.severity != .unknown {
      entry.severity = step.severity
      entry.severitySource = .pattern
    }
    if step.outcome != .none { entry.outcome = step.outcome }
    if step.isChange { entry.flags.insert(.change) }
    let first = batch.fields.count
    var isTaken = false
    for position in Int(step.captureStart)..<Int(step.captureEnd) {
      let capture = plan.captures[position]
      if !capture.isAlternative { isTaken = false }
      if isTaken { continue }
      guard let range = scratch.capture(Int(capture.group)), !range.isEmpty else { continue }
      isTaken = true
      let value = ByteRange(
        start: entry.message.start &+ UInt32(truncatingIfNeeded: range.lowerBound),
        count: UInt32(truncatingIfNeeded: range.count))
      if capture.isNumber {
        addNumber(capture.field, value, text.extracting(range), batch)
      } else {
        batch.fields.append(Field(capture.field, value))
      }
    }
    if step.action >= 0, let value = action(Int(step.action), batch) {
      batch.fields.append(Field(WellKnownField.eventActionName, value))
    }
    entry.captureStart = UInt32(truncatingIfNeeded: first)
    entry.captureCount = UInt16(truncatingIfNeeded: batch.fields.count - first)
  }

  private func addNumber(
    _ field: FieldName, _ value: ByteRange, _ digits: Span<UInt8>, _ batch: Batch
  ) {
    if NumberText.isJSON(digits, from: 0) {
      return batch.fields.append(Field(field, value, kind: .number))
    }
    if case .rewritten(let text) = NumberText(digits), let kept = batch.arenas.keep(text.span) {
      return batch.fields.append(Field(field, kept, kind: .number))
    }
    batch.fields.append(Field(field, value))
  }

  /// The action's text, copied to the batch's side arena when it is first wanted; nil where that is full.
  private mutating func action(_ index: Int, _ batch: Batch) -> ByteRange? {
    if actions[index].isEmpty {
      let text = plan.actions[index]
      guard let kept = batch.arenas.keep(text.span) else { return nil }
      actions[index] = kept
    }
    return actions[index]
  }
}

extension WellKnownField {
  static let eventActionName = WellKnownField.eventAction.name
}
