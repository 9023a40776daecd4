internal import Bytes
internal import Flow
package import Model
internal import PatternMatching

/// Finds each entry's pattern: candidates by its masked text, then by its program, then PCRE2 on the message.
///
/// One per worker. The first candidate that matches wins. What a masked text decides is only which patterns
/// may match (`CandidateIndex`, `MaskSieve`), never whether one does, as it may turn on what was masked.
/// Everything else is a function of the entry's own bytes.
///
/// The entries of a batch are matched by pattern, not as they stand: a pattern's machine code is some KiB, and
/// run for one entry here and there it has left the processor's caches, and its branches are guessed wrong.
///
/// - Limits: patterns see `textLimit` bytes of a message (the flag `matchedInPart`); a pattern that gives up
///   counts as not matching (the flag `gaveUp`, and by name in `batch.surrenders`).
package struct PackMatcher: ~Copyable, BatchStage {
  private let tables: PackTables
  private let textLimit: UInt32
  private let plan: MatchPlan
  private var scratch: MatchScratch
  private var look: CandidateIndex.Scratch
  private var lists: CandidateLists
  private var scopes: ScopeCache
  private var prepared: [Known]
  /// A field to change: its members are stored directly, where its initialiser would be a call.
  private let blank = Field(.spelled, .empty)
  /// Where a batch's side arena holds each constant's text.
  private var texts: [ByteRange]
  /// What is known of a pattern: nothing before it is first tried.
  private enum Known { case unknown, made(PreparedPattern), refused }

  /// An entry in a chain: the next one, or -1, and where its candidates stand.
  private struct Link {
    var next: Int32 = -1
    var candidates: Range<Int32> = 0..<0
  }

  /// The entries whose first candidate is a pattern, as a chain: the first of them, or -1.
  private var chains: [Int32]
  private var links: [Link] = []
  /// Of the batch at hand.
  private var surrenders: [Surrender] = []
  private var current = 0

  /// Bytes of a message that patterns see: longer texts are dumps, whose start tells what they are.
  package static let defaultTextLimit = 16 << 10

  package init(
    _ tables: PackTables, textLimit: Int = PackMatcher.defaultTextLimit,
    matchLimit: Int = 100_000
  ) {
    self.tables = tables
    self.textLimit = UInt32(clamping: max(1, textLimit))
    plan = tables.plan
    scratch = MatchScratch(matchLimit: matchLimit)
    look = tables.index.scratch()
    lists = CandidateLists(tables.sieve)
    scopes = ScopeCache(
      tables.scopes, patternScopes: tables.patternScopes,
      requiresThreeWords: tables.index.requiresThreeWords)
    prepared = Array(repeating: .unknown, count: tables.count)
    texts = Array(repeating: .empty, count: plan.texts.count)
    chains = Array(repeating: -1, count: tables.count)
  }

  package mutating func process(_ batch: Batch) {
    if tables.count == 0 { return }
    if batch.restartsMasks { lists.removeSlots() }
    if batch.restartsNames { scopes.removeAll() }
    let arenas = batch.arenas
    for name in batch.newNames { scopes.add(name.symbol, arenas.bytes(name.spelling)) }
    // An exception's text is its frames, not its message: its entries are looked up one by one.
    for mask in batch.newMasks where mask.kind == .message {
      let text = arenas.bytes(mask.text)
      tables.index.look(text, &look)
      lists.set(mask.slot, look.found, text)
    }
    for index in texts.indices { texts[index] = .empty }

    // Out of the batch while they change: an access to a class's property is checked each time.
    var entries = batch.entries
    var fields = batch.fields
    batch.entries = []
    batch.fields = []
    matchAll(entries.mutableSpan, &fields, arenas)
    if !surrenders.isEmpty {
      batch.surrenders = surrenders.sorted { $0.entry < $1.entry }
      surrenders = []
    }
    batch.fields = fields
    batch.entries = entries
  }

  private mutating func matchAll(
    _ entries: consuming MutableSpan<Entry>, _ fields: inout [Field], _ arenas: ArenaPair
  ) {
    var chains: [Int32] = []
    var links: [Link] = []
    swap(&chains, &self.chains)
    swap(&links, &self.links)
    if links.count < entries.count {
      links = Array(repeating: Link(), count: entries.count + entries.count / 4)
    }
    var first = chains.mutableSpan
    var linked = links.mutableSpan
    // From the last one back, so that the entries of a chain are in order.
    for index in entries.indices.reversed() where entries[index].message.count > 0 {
      current = index
      guard let candidates = candidates(&entries[index], &fields, arenas) else { continue }
      let pattern = lists[Int(candidates.lowerBound)]
      linked[index] = Link(next: first[pattern], candidates: candidates)
      first[pattern] = Int32(truncatingIfNeeded: index)
    }
    for pattern in first.indices where first[pattern] >= 0 {
      var at = first[pattern]
      first[pattern] = -1
      while at >= 0 {
        current = Int(at)
        match(&entries[current], linked[current].candidates, &fields, arenas)
        at = linked[current].next
      }
    }
    swap(&chains, &self.chains)
    swap(&links, &self.links)
  }

  /// Where an entry's candidates stand; nil where there are none, or it has been matched without them.
  @inline(__always)
  private mutating func candidates(
    _ entry: inout Entry, _ fields: inout [Field], _ arenas: ArenaPair
  ) -> Range<Int32>? {
    var key = scopes.key(entry)
    if scopes.asksForLoggers, entry.program.isNone, entry.format == .plain,
      let logger = logger(of: entry, fields)
    {
      key = scopes.key(key, logger: arenas.bytes(logger))
    }
    guard let listed = lists.positions(entry.mask, key, scopes) else {
      tryAll(key, &entry, &fields, arenas)
      return nil
    }
    if !listed.isEmpty { return listed }
    if entry.message.count > textLimit, lists.isNear(entry.mask) {
      entry.flags.insert(.matchedInPart)
    }
    return nil
  }

  private mutating func match(
    _ entry: inout Entry, _ listed: Range<Int32>, _ fields: inout [Field], _ arenas: ArenaPair
  ) {
    var seen = entry.message
    let isCut = seen.count > textLimit
    if isCut {
      seen.count = textLimit
      entry.flags.insert(.matchedInPart)
    }
    let text = arenas.bytes(seen)
    for position in Int(listed.lowerBound)..<Int(listed.upperBound)
    where matches(lists[position], text, isCut, &entry, &fields, arenas) {
      return
    }
    // Entries of the same text may have asked further since.
    guard let known = lists.positions(entry.mask, scopes.key(entry), scopes) else { return }
    for position in (Int(known.lowerBound) + listed.count)..<Int(known.upperBound)
    where matches(lists[position], text, isCut, &entry, &fields, arenas) {
      return
    }
    while let further = lists.furtherPositions(entry.mask) {
      for position in Int(further.lowerBound)..<Int(further.upperBound)
      where matches(lists[position], text, isCut, &entry, &fields, arenas) {
        return
      }
    }
  }

  /// The logger that a line of text names, among the fields of its header.
  @inline(never)
  private func logger(of entry: borrowing Entry, _ fields: [Field]) -> ByteRange? {
    for index in entry.fieldRange where fields[index].name == Self.logger {
      return fields[index].value
    }
    return nil
  }

  private static let logger = WellKnownField.logger.name

  /// The same for an entry whose masked text is not known.
  private mutating func tryAll(
    _ key: ScopeKey, _ entry: inout Entry, _ fields: inout [Field], _ arenas: ArenaPair
  ) {
    var seen = entry.message
    let isCut = seen.count > textLimit
    if isCut { seen.count = textLimit }
    let text = arenas.bytes(seen)
    tables.index.look(text, &look)
    for position in 0..<look.found.count {
      let index = Int(look.found[position])
      if !scopes.takes(key, pattern: index) { continue }
      if isCut { entry.flags.insert(.matchedInPart) }
      if matches(index, text, isCut, &entry, &fields, arenas) { return }
    }
  }

  /// Whether a pattern matches; the entry then has what it gives.
  @inline(__always)
  private mutating func matches(
    _ index: Int, _ text: Span<UInt8>, _ isCut: Bool, _ entry: inout Entry, _ fields: inout [Field],
    _ arenas: ArenaPair
  ) -> Bool {
    guard let pattern = pattern(index) else { return false }
    switch scratch.match(pattern, text, endsThere: !isCut) {
    case .notFound: return false
    case .gaveUp:
      surrenders.append(Surrender(entry: current, pattern: index + 1))
      entry.flags.insert(.gaveUp)
      return false
    case .found:
      take(index, text, &entry, &fields, arenas)
      return true
    }
  }

  @inline(__always)
  private mutating func pattern(_ index: Int) -> PreparedPattern? {
    if case .made(let known) = prepared[index] { return known }
    return prepare(index)
  }

  private mutating func prepare(_ index: Int) -> PreparedPattern? {
    if case .refused = prepared[index] { return nil }
    guard let made = tables.store.pattern(index)?.prepared() else {
      prepared[index] = .refused
      return nil
    }
    prepared[index] = .made(made)
    return made
  }

  private mutating func take(
    _ index: Int, _ text: Span<UInt8>, _ entry: inout Entry, _ fields: inout [Field],
    _ arenas: ArenaPair
  ) {
    let step = plan.steps[index]
    entry.pattern = UInt16(truncatingIfNeeded: index + 1)
    if step.hasCategory {
      entry.category = step.category
      entry.categorySource = .pattern
    }
    if step.hasSeverity { entry.judge(step.severity, from: .pattern) }
    if step.hasOutcome {
      entry.outcome = step.outcome
      entry.outcomeSource = .pattern
    }
    if step.isChange { entry.flags.insert(.change) }
    let first = fields.count
    var isTaken = false
    for position in Int(step.captureStart)..<Int(step.captureEnd) {
      let capture = plan.captures[position]
      if !capture.isAlternative { isTaken = false }
      if isTaken { continue }
      guard let range = scratch.capture(Int(capture.group)), !range.isEmpty else { continue }
      isTaken = true
      var field = blank
      field.name = capture.field
      field.value.start = entry.message.start &+ UInt32(truncatingIfNeeded: range.lowerBound)
      field.value.count = UInt32(truncatingIfNeeded: range.count)
      if capture.isNumber { makeNumber(&field, text.extracting(range), arenas) }
      fields.append(field)
    }
    for position in Int(step.constantStart)..<Int(step.constantEnd) {
      let constant = plan.constants[position]
      guard let value = constantText(Int(constant.text), arenas) else { continue }
      var field = blank
      field.name = constant.field
      field.kind = constant.kind
      field.value = value
      fields.append(field)
    }
    entry.captureStart = UInt32(truncatingIfNeeded: first)
    entry.captureCount = UInt16(truncatingIfNeeded: fields.count - first)
  }

  private func makeNumber(_ field: inout Field, _ digits: Span<UInt8>, _ arenas: ArenaPair) {
    if NumberText.isJSON(digits) {
      field.kind = .number
    } else if case .rewritten(let text) = NumberText(digits), let kept = arenas.keep(text.span) {
      field.kind = .number
      field.value = kept
    }
  }

  /// A constant's text, copied to the batch's side arena when it is first wanted; nil where that is full.
  private mutating func constantText(_ index: Int, _ arenas: ArenaPair) -> ByteRange? {
    if texts[index].isEmpty {
      let text = plan.texts[index]
      guard let kept = arenas.keep(text.span) else { return nil }
      texts[index] = kept
    }
    return texts[index]
  }
}
