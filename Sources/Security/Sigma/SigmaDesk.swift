internal import Bytes
internal import Flow
internal import Model

/// Makes insights of the matches that workers noted: one a rule and place, or a correlation and group of
/// values, that goes on with further matches and ends when it is quiet (`OpenWatches`).
///
/// - Limits: 16,384 windows of correlations, least recently used out first; 1,000 windows that wait for
///   their end; both counted in `evicted`.
struct SigmaDesk: ~Copyable {
  private static let windowLimit = 16_384
  private static let waitingLimit = 1000

  /// A window that is judged when it is over.
  private struct Waiting {
    var correlation: Int
    var window: UInt64
    var due: Int64
    var seed: Insight
  }

  private let rules: SigmaRules
  private let roles: FieldRoles
  private let inputName: String
  private var index = RecentIndex(limit: SigmaDesk.windowLimit)
  private var windows: [CorrelationWindow] = []
  private var waiting: [UInt64: Waiting] = [:]
  private var refusedWaiting = 0
  private var overflowed = 0
  private(set) var surrenders = 0
  private var serial: UInt64 = 0

  init(_ rules: SigmaRules, inputName: String, roles: FieldRoles) {
    self.rules = rules
    self.inputName = inputName
    self.roles = roles
  }

  var evicted: Int { index.evicted + refusedWaiting + overflowed }

  mutating func take(
    _ at: Int, of batch: Batch, _ watches: inout OpenWatches, casebook: some Casebook,
    reference: (EntryPlace) -> String
  ) -> [Insight] {
    let entry = batch.entries[at]
    let fields = batch.fields
    let parts = SignalParts(entry, fields.span, roles)
    let writer = SigmaWriter(
      inputName: inputName, source: Self.text(parts.source, batch),
      user: Self.text(parts.user, batch), service: casebook.name(of: entry.service),
      host: casebook.name(of: entry.host))
    var told: [Insight] = []
    for number in matches(of: at, in: batch) {
      let key = Self.key(UInt64(number), Self.place(entry))
      if rules.tells[number],
        let insight = open(
          key, rules.rules[number].heading, [], count: 1, window: 0, entry, batch, writer,
          &watches, reference)
      {
        told.append(insight)
      }
      for use in rules.uses[number] {
        told += correlate(use, at, batch, writer, &watches, casebook, reference, depth: 0)
      }
    }
    return told
  }

  /// Judges the windows that are over.
  mutating func close(_ facts: MinuteFacts, _ watches: inout OpenWatches) -> [Insight] {
    let now = facts.minute.end.nanoseconds
    var told: [Insight] = []
    let due = waiting.filter { $0.value.due <= now }
      .sorted { ($0.value.due, $0.value.seed.id) < ($1.value.due, $1.value.seed.id) }
    for (key, waited) in due {
      waiting[key] = nil
      let correlation = rules.correlations[waited.correlation]
      guard let slot = index.find(waited.window),
        let value = windows[slot].value(correlation.kind, percentile: correlation.percentile)
      else { continue }
      index.remove(waited.window)
      guard correlation.bounds.allSatisfy({ $0.order.holds(value, $0.value) }) else { continue }
      if watches.isOpen(key) {
        watches.note(key, user: "", at: waited.due)
        continue
      }
      guard watches.hasRoom() else { continue }
      var insight = waited.seed
      insight.decidedAt = facts.minute.end
      insight.closedByClock = facts.closedByClock
      insight.detector?.actual = value
      insight.detector?.count = windows[slot].count
      watches.open(key, insight, window: correlation.span, at: waited.due, entries: 0)
      told.append(insight)
    }
    return told
  }
}

extension SigmaDesk {
  /// Numbers of the rules that an entry matches, from the batch's list, which is in the order of entries.
  private mutating func matches(of entry: Int, in batch: Batch) -> [Int] {
    let all = batch.ruleMatches
    var found: [Int] = []
    var at = all.lowerBound { Int($0.entry) < entry }
    while at < all.count, Int(all[at].entry) == entry {
      if all[at].gaveUp { surrenders += 1 } else { found.append(Int(all[at].rule)) }
      at += 1
    }
    return found
  }

  private static func place(_ entry: Entry) -> UInt64 {
    UInt64(entry.service.number) << 32 | UInt64(entry.host.number) | 1 << 63
  }

  private static func key(_ salt: UInt64, _ subject: UInt64) -> UInt64 {
    ((subject ^ (salt &+ 4096) &* 0x9e37_79b9_7f4a_7c15) &* 0xd6e8_feb8_6659_fd93) | 1
  }

  private static func text(_ field: Int?, _ batch: Batch) -> String {
    guard let field else { return "" }
    let arenas = batch.arenas
    let bytes = arenas.bytes(batch.fields[field].value)
    return String(bytes.extracting(0..<min(bytes.count, 128)))
  }

  /// Goes on with what is open under a key, or opens it; nil where nothing opens.
  private mutating func open(
    _ key: UInt64, _ heading: SigmaHeading, _ values: [(field: String, value: String)],
    count: Int, window: Int64, _ entry: Entry, _ batch: Batch, _ writer: SigmaWriter,
    _ watches: inout OpenWatches, _ reference: (EntryPlace) -> String
  ) -> Insight? {
    if watches.isOpen(key) {
      watches.note(key, user: writer.user, at: entry.time.nanoseconds)
      return nil
    }
    guard watches.hasRoom() else { return nil }
    let insight = writer.insight(heading, values, count, entry, batch, reference)
    watches.open(key, insight, window: window, at: entry.time.nanoseconds, entries: count - 1)
    watches.note(key, user: writer.user, at: entry.time.nanoseconds)
    return insight
  }

  /// Feeds a match to a correlation; what that opens.
  private mutating func correlate(
    _ use: SigmaRules.Use, _ at: Int, _ batch: Batch, _ writer: SigmaWriter,
    _ watches: inout OpenWatches, _ casebook: some Casebook,
    _ reference: (EntryPlace) -> String, depth: Int
  ) -> [Insight] {
    let correlation = rules.correlations[use.correlation]
    let entry = batch.entries[at]
    let time = entry.time.nanoseconds
    var values: [(field: String, value: String)] = []
    var subject = StableHash([UInt8]().span).high
    for (number, field) in use.groupFields.enumerated() {
      guard let text = value(field, entry, batch, casebook) else { return [] }
      values.append(
        (correlation.groupBy[number], String(decoding: text.prefix(128), as: UTF8.self)))
      subject = (subject ^ StableHash(text.span).high) &* 0x9e37_79b9_7f4a_7c15 &+ 1
    }
    let salt = UInt64(use.correlation) &+ 1 << 20
    let window = Self.key(salt, subject)
    let found = index.use(window)
    while windows.count <= found.slot { windows.append(CorrelationWindow()) }
    if found.isNew { windows[found.slot] = CorrelationWindow() }
    let before = windows[found.slot].overflowed
    let isFirst = windows[found.slot].isEmpty
    var count = 0
    let holds: Bool
    switch correlation.kind {
    case .temporal:
      holds = windows[found.slot].note(
        step: use.step, of: correlation.rules.count, at: time, span: correlation.span)
      count = correlation.rules.count
    case .temporalOrdered:
      holds = windows[found.slot].note(
        orderedStep: use.step, of: correlation.rules.count, at: time, span: correlation.span)
      count = correlation.rules.count
    default:
      guard let thing = thing(of: correlation, use, entry, batch, casebook) else { return [] }
      // A window that is judged at its end keeps all that came since it opened.
      windows[found.slot].note(
        thing, at: time, span: correlation.isMonotone ? correlation.span : .max / 2,
        distinct: correlation.kind == .valueCount,
        times: correlation.kind == .eventCount && entry.flags.contains(.repeated)
          ? min(Int(entry.weight), Entry.weightLimit) : 1)
      overflowed += windows[found.slot].overflowed - before
      count = windows[found.slot].count
      let value = windows[found.slot].value(correlation.kind, percentile: correlation.percentile)
      guard correlation.isMonotone else {
        if isFirst {
          wait(
            Self.key(salt, subject), use.correlation, window, time &+ correlation.span,
            writer.insight(correlation.heading, values, 1, entry, batch, reference))
        }
        return []
      }
      holds =
        value.map { value in
          correlation.bounds.allSatisfy { $0.order.holds(value, $0.value) }
        } ?? false
    }
    guard holds else { return [] }
    let key = Self.key(salt, subject)
    var told: [Insight] = []
    if rules.correlationTells[use.correlation],
      let insight = open(
        key, correlation.heading, values, count: count, window: correlation.span, entry, batch,
        writer, &watches, reference)
    {
      told.append(insight)
    }
    guard depth < SigmaRules.depthLimit else { return told }
    for further in rules.correlationUses[use.correlation] {
      told += correlate(
        further, at, batch, writer, &watches, casebook, reference, depth: depth + 1)
    }
    return told
  }

  private mutating func wait(
    _ key: UInt64, _ correlation: Int, _ window: UInt64, _ due: Int64, _ seed: Insight
  ) {
    guard waiting.count < Self.waitingLimit else {
      refusedWaiting += 1
      return
    }
    waiting[key] = Waiting(correlation: correlation, window: window, due: due, seed: seed)
  }

  /// What a match counts as; nil where the entry doesn't say.
  private mutating func thing(
    of correlation: SigmaCorrelation, _ use: SigmaRules.Use, _ entry: Entry, _ batch: Batch,
    _ casebook: some Casebook
  ) -> UInt64? {
    guard correlation.kind.needsField, let field = use.field else {
      serial &+= 1
      return serial
    }
    guard let text = value(field, entry, batch, casebook) else { return nil }
    if correlation.kind == .valueCount { return StableHash(text.span).high }
    return TextMatching.number(text.span)?.bitPattern
  }

  private func value(
    _ field: Int, _ entry: Entry, _ batch: Batch, _ casebook: some Casebook
  ) -> [UInt8]? {
    let arenas = batch.arenas
    let found = rules.plan.fields.find(
      field, entry, in: batch,
      isAudit: AuditText.has("audit(", in: arenas.bytes(entry.message)))
    switch found {
    case .absent: return nil
    case .symbol(let symbol): return Array(casebook.name(of: symbol).utf8)
    case .bytes(let range):
      let bytes = arenas.bytes(range)
      return Array(String(bytes.extracting(0..<min(bytes.count, 1024))).utf8)
    }
  }
}
