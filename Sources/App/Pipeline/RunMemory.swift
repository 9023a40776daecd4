internal import Bytes
internal import Correlation
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Trading

/// What a run keeps of the entries that it has taken: names, groups, contexts, counts.
///
/// All that is done for each entry at the merge is done here, run by run.
struct RunMemory: ~Copyable {
  private(set) var names = NameDirectory()
  private(set) var ledger = Ledger()
  private(set) var frames = FrameCounts()
  private(set) var totals = Totals()
  var registry = GroupRegistry()
  private(set) var contexts = ContextMemory()
  private(set) var changes = ChangeMarkers()
  private(set) var orders: OrderFlow
  private var counters = MinuteCounters()
  /// Instead of the counters, where the input's order is not that of time.
  private var archive: MinuteArchive?
  private var shapes = ShapeDirectory()
  private var hosts: Set<Symbol> = []
  /// Shapes that came since templates were last brought up to date.
  private(set) var hasNewShapes = false
  /// One of them is of an error, which must not be taken for new where it only varies a known one.
  private(set) var hasNewErrorShapes = false

  /// - Parameter keepsMinutesOpen: whether minutes are held to the end, whatever the order.
  init(fields: FieldNames, keepsMinutesOpen: Bool) {
    orders = OrderFlow(names: fields)
    archive = keepsMinutesOpen ? MinuteArchive() : nil
  }

  /// The oldest minute that holds entries and is not closed, of a stream in order.
  var oldestOpen: Minute? { counters.oldest }

  /// All minutes that hold entries, of an archive in any order.
  var archivedMinutes: [Minute] { archive?.minutes ?? [] }

  /// Ends a minute and hands out what was counted in it.
  mutating func close(_ minute: Minute) -> MinuteTally {
    archive?.close(minute) ?? counters.close(minute)
  }

  @inline(__always)
  private mutating func count(_ entry: Entry, _ shape: ShapeNumber) -> Bool {
    let isError = entry.severity.isError
    let minute = entry.time.minute
    if archive == nil {
      return counters.add(
        service: entry.service, shape: shape, isError: isError, minute: minute)
    }
    return archive?.add(service: entry.service, shape: shape, isError: isError, minute: minute)
      ?? false
  }

  /// Whether entries of more than one host have come.
  var hasSeveralHosts: Bool { hosts.count > 1 }

  /// Notes the new names and masks of a batch's worker.
  mutating func announce(_ batch: Batch) {
    names.announce(batch)
    shapes.announce(batch)
  }

  mutating func release(_ batch: Batch) {
    names.release(batch)
    shapes.release(batch)
  }

  /// Books a batch's frames.
  mutating func open(_ batch: Batch) {
    ledger.add(batch.frames)
    frames.add(batch.frames)
  }

  /// Gives the entries of a run the run's symbols instead of the worker's.
  mutating func resolveNames(_ batch: Batch, _ run: Range<Int>) {
    for index in run {
      let entry = batch.entries[index]
      batch.entries[index].service = names.resolve(entry.service, in: batch)
      batch.entries[index].host = names.resolve(entry.host, in: batch)
      batch.entries[index].program = names.resolve(entry.program, in: batch)
    }
  }

  /// Counts, groups and remembers a run of entries that belong to open minutes; afterwards `mask` holds
  /// the number of the entry's shape, and those that don't count are marked late or filtered.
  mutating func record(_ batch: Batch, _ run: Range<Int>) {
    for index in run {
      let entry = batch.entries[index]
      ledger.entries += 1
      if !entry.flags.isDisjoint(with: [.own, .filtered, .late]) {
        book(entry.flags)
        continue
      }
      let shape = shapes.resolve(entry.mask, in: batch, &registry)
      batch.entries[index].mask = UInt32(shape.index)
      if registry.shapeCount > knownShapes {
        knownShapes = registry.shapeCount
        hasNewShapes = true
        if entry.severity.isError { hasNewErrorShapes = true }
      }
      if entry.time.isKnown,
        !count(entry, shape)
      {
        batch.entries[index].flags.insert(.late)
        ledger.late += 1
        continue
      }
      ledger.analysed += 1
      totals.add(entry)
      registry.record(shape, entry, in: batch)
      contexts.record(entry, shape: shape)
      if hosts.count < 2, !entry.host.isNone { hosts.insert(entry.host) }
      changes.record(entry, of: batch)
      if entry.category == .trading { orders.take(batch, index..<(index + 1)) }
    }
  }

  /// A minute's entries by group, in order of the groups' ids.
  mutating func groups(of tally: MinuteTally) -> [MinuteFacts.GroupCounts] {
    registry.counts(of: tally.shapes)
  }

  /// Brings the templates up to date where a shape came that the run had not seen.
  mutating func settleIfNew() {
    guard registry.shapeCount > knownShapes else { return }
    knownShapes = registry.shapeCount
    settle(.phases)
  }

  /// Brings the templates up to date; the merges among groups are in `registry.miner.merges`.
  mutating func settle(_ effort: TemplateMiner.Effort) {
    registry.settle(effort)
    hasNewShapes = false
    hasNewErrorShapes = false
  }

  /// Counts and groups an entry whatever its time, for commands that list or group entries; false where
  /// it was filtered. Afterwards `mask` holds the number of its shape.
  mutating func list(_ batch: Batch, _ index: Int) -> Bool {
    let entry = batch.entries[index]
    ledger.entries += 1
    if entry.flags.contains(.filtered) {
      ledger.filtered += 1
      return false
    }
    let shape = shapes.resolve(entry.mask, in: batch, &registry)
    batch.entries[index].mask = UInt32(shape.index)
    ledger.analysed += 1
    totals.add(entry)
    registry.record(shape, entry, in: batch)
    return true
  }

  private var knownShapes = 1

  private mutating func book(_ flags: EntryFlags) {
    if flags.contains(.own) {
      ledger.drop(.own)
    } else if flags.contains(.filtered) {
      ledger.filtered += 1
    } else {
      ledger.late += 1
    }
  }
}
