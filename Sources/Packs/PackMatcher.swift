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
    for index in entries.indices where entries[index].message.count > 0 {
      current = index
      match(&entries[index], &fields, arenas)
    }
    if !surrenders.isEmpty {
      batch.surrenders = surrenders
      surrenders = []
    }
    batch.fields = fields
    batch.entries = entries
  }

  private mutating func match(
    _ entry: inout Entry, _ fields: inout [Field], _ arenas: ArenaPair
  ) {
    var key = scopes.key(entry)
    if scopes.asksForLoggers, entry.program.isNone, entry.format == .plain,
      let logger = logger(of: entry, fields)
    {
      key = scopes.key(key, logger: arenas.bytes(logger))
    }
    var seen = entry.message
    let isCut = seen.count > textLimit
    if isCut { seen.count = textLimit }
    guard let listed = lists.positions(entry.mask, key, scopes) else {
      tryAll(seen, isCut, key, &entry, &fields, arenas)
      return
    }
    if listed.isEmpty {
      if isCut, lists.isNear(entry.mask) { entry.flags.insert(.matchedInPart) }
      return
    }
    if isCut { entry.flags.insert(.matchedInPart) }
    let text = arenas.bytes(seen)
    for position in Int(listed.lowerBound)..<Int(listed.upperBound)
    where matches(lists[position], text, isCut, &entry, &fields, arenas) {
      return
    }
    guard let further = lists.furtherPositions(entry.mask) else { return }
    for position in Int(further.lowerBound)..<Int(further.upperBound)
    where matches(lists[position], text, isCut, &entry, &fields, arenas) {
      return
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
    _ seen: ByteRange, _ isCut: Bool, _ key: ScopeKey, _ entry: inout Entry,
    _ fields: inout [Field],
    _ arenas: ArenaPair
  ) {
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
