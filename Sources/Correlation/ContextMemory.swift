internal import Flow
package import Model

/// What came shortly before in the same context, at hand when an error is reported.
///
/// Contexts are correlation ids (8 places each), services (8 places for warnings and worse, 8 for the
/// rest, so that neither washes out the other) and hosts (8 places, warnings and worse only: the
/// machine's own trouble). Merge order in, so equal streams remember the same.
/// - Limits: see `Limits`; least recently used out first, counted in `evictedContexts`. Entries without
///   a time, and shapes beyond 2^28, are not remembered.
/// - Cost: 10 to 20 ns an entry, one look-up more with a correlation id.
package struct ContextMemory: ~Copyable {
  package struct Limits: Sendable {
    /// 32,768 ids take 7 MB; larger would remember requests longer, in more memory.
    package var ids = 32_768
    package var services = 4096
    package var hosts = 4096
    /// Shapes of errors whose last correlation ids are kept.
    package var errorShapes = 4096

    package init() {}
  }

  private var ids: RecentIndex
  private var services: RecentIndex
  private var hosts: RecentIndex
  private var idShapes = RecentShapes(depth: 8)
  private var serviceShapes = RecentShapes(depth: 8)
  private var serviceTroubles = RecentShapes(depth: 8)
  private var hostTroubles = RecentShapes(depth: 8)
  private var errorContexts: ErrorContexts

  package init(limits: Limits = Limits()) {
    ids = RecentIndex(limit: limits.ids)
    services = RecentIndex(limit: limits.services)
    hosts = RecentIndex(limit: limits.hosts)
    errorContexts = ErrorContexts(limit: limits.errorShapes)
  }

  /// Contexts pushed out so far, of all kinds.
  package var evictedContexts: Int {
    ids.evicted + services.evicted + hosts.evicted + errorContexts.evicted
  }

  /// Reads of the memory of entries' correlation ids what `record` reads first, for a whole block, so that the
  /// processor fetches them side by side.
  package func touch(_ entries: Span<Entry>, _ block: Range<Int>) -> Int {
    var sum = 0
    for index in block where entries[index].context != 0 {
      if let slot = ids.find(entries[index].context) { sum &+= idShapes.touch(slot) }
    }
    return sum
  }

  /// Remembers an entry, whose symbols are the run's.
  package mutating func record(_ entry: Entry, shape: ShapeNumber) {
    guard entry.time.isKnown, shape.index >= 0, shape.index < 1 << 28 else { return }
    let remembered = RememberedEntry(
      time: entry.time, shape: shape, service: entry.service, severity: entry.severity)
    let isTrouble = entry.severity >= .warning
    let service = services.use(UInt64(entry.service.number))
    if service.isNew {
      serviceShapes.reset(service.slot)
      serviceTroubles.reset(service.slot)
    }
    if isTrouble {
      serviceTroubles.record(service.slot, remembered)
      if !entry.host.isNone {
        let host = hosts.use(UInt64(entry.host.number))
        if host.isNew { hostTroubles.reset(host.slot) }
        hostTroubles.record(host.slot, remembered)
      }
    } else {
      serviceShapes.record(service.slot, remembered)
    }
    guard entry.context != 0 else { return }
    let id = ids.use(entry.context)
    if id.isNew { idShapes.reset(id.slot) }
    idShapes.record(id.slot, remembered)
    if entry.severity.isError { errorContexts.record(shape, entry.context) }
  }

  /// Hashes of the correlation ids of a shape's latest error entries, latest first, at most 4.
  package func contexts(of shape: ShapeNumber) -> [UInt64] { errorContexts.latest(shape) }

  /// Which entries `preceding` is asked for.
  package struct Question: Sendable {
    /// Correlation ids, whose entries come before those of the service and the host.
    package var contexts: [UInt64] = []
    package var service: Symbol?
    package var host: Symbol?
    package var before: Timestamp
    /// How far back, in nanoseconds; 15 minutes.
    package var span: Int64 = 900_000_000_000
    package var limit: Int

    package init(before: Timestamp, limit: Int) {
      self.before = before
      self.limit = limit
    }
  }

  /// What came shortly before: warnings and errors first, then what is rare, latest first; each shape
  /// once.
  ///
  /// - Parameters:
  ///   - isRare: whether a shape without trouble is worth telling.
  ///   - isExcluded: shapes of what is asked about itself.
  package func preceding(
    _ question: Question, isRare: (ShapeNumber) -> Bool, isExcluded: (ShapeNumber) -> Bool
  ) -> [RememberedEntry] {
    let from = question.before.advanced(byNanoseconds: -question.span)
    var found: [RememberedEntry] = []
    for context in question.contexts {
      if let slot = ids.find(context) {
        idShapes.collect(slot, from: from, before: question.before, into: &found)
      }
    }
    if let service = question.service, let slot = services.find(UInt64(service.number)) {
      serviceTroubles.collect(slot, from: from, before: question.before, into: &found)
      serviceShapes.collect(slot, from: from, before: question.before, into: &found)
    }
    if let host = question.host, let slot = hosts.find(UInt64(host.number)) {
      hostTroubles.collect(slot, from: from, before: question.before, into: &found)
    }
    found.removeAll {
      isExcluded($0.shape) || ($0.severity < .warning && !isRare($0.shape))
    }
    found.sort(by: Self.comesFirst)
    var told = Set<Int>()
    return Array(found.filter { told.insert($0.shape.index).inserted }.prefix(question.limit))
  }

  private static func comesFirst(_ left: RememberedEntry, _ right: RememberedEntry) -> Bool {
    let leftIsTrouble = left.severity >= .warning
    if leftIsTrouble != (right.severity >= .warning) { return leftIsTrouble }
    if left.time != right.time { return left.time > right.time }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.shape != right.shape { return left.shape.index < right.shape.index }
    return left.service < right.service
  }
}
