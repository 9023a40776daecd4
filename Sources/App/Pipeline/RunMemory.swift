internal import Bytes
internal import Correlation
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Store
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
  /// Sees entries where they come in the order of time; taken out while it asks about the run.
  var shifts: ShiftWatch
  /// Whether each entry comes, in the order of time: not from files out of order.
  let seesEntries: Bool
  private var counters = MinuteCounters()
  /// Instead of the counters, where the input's order is not that of time.
  private var archive: MinuteArchive?
  private var shapes = ShapeDirectory()
  private var lastEntries = LastEntries()
  /// Entries of the run to be recorded next that are in no open minute.
  private var apart: Set<Int> = []
  private var firstHost = Symbol.none
  /// Whether entries of more than one host have come.
  private(set) var hasSeveralHosts = false
  /// Shapes that came since templates were last brought up to date.
  private(set) var hasNewShapes = false
  /// One of them is of an error, which must not be taken for new where it only varies a known one.
  private(set) var hasNewErrorShapes = false

  /// - Parameter keepsMinutesOpen: whether minutes are held to the end, whatever the order.
  init(fields: FieldNames, keepsMinutesOpen: Bool) {
    orders = OrderFlow(names: fields)
    shifts = ShiftWatch(fields)
    seesEntries = !keepsMinutesOpen
    archive = keepsMinutesOpen ? MinuteArchive() : nil
  }

  /// The oldest minute that holds entries and is not closed, of a stream in order.
  var oldestOpen: Minute? { counters.oldest }

  /// All minutes that hold entries, of an archive in any order.
  var archivedMinutes: [Minute] { archive?.minutes ?? [] }

  /// Entries that were counted in a minute of an archive.
  func archivedEntries(in minute: Minute) -> Int { archive?.entries(in: minute) ?? 0 }

  /// Drops what was counted in a minute that is not believed.
  mutating func forget(_ minute: Minute) { _ = close(minute) }

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

  /// Notes the new names and masks of a batch's worker.
  mutating func announce(_ batch: Batch) {
    names.announce(batch)
    shapes.announce(batch)
  }

  mutating func release(_ batch: Batch) {
    lastEntries.keep(batch)
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
    names.resolve(batch, run)
  }

  /// Counts, groups and remembers a run of entries that belong to open minutes; afterwards `mask` holds
  /// the number of the entry's shape, and those that don't count are marked late or filtered.
  mutating func record(_ batch: Batch, _ run: Range<Int>) {
    // Out of the batch while they change: an access to a class's property is checked each time.
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    let fields = batch.fields
    let arenas = batch.arenas
    shapes.bring(batch)
    var start = run.lowerBound
    while start < run.upperBound {
      let end = min(start + Self.block, run.upperBound)
      if batch.echoes > 0 { resolveInOrder(&entries, start..<end, in: batch) }
      var span = entries.mutableSpan
      if batch.echoes == 0 { resolve(&span, start..<end) }
      for index in start..<end { record(&span, index, in: batch, fields.span, arenas) }
      start = end
    }
    if seesEntries { show(entries, run, of: batch, fields.span) }
    if !apart.isEmpty { apart.removeAll() }
    shapes.putBack(batch)
    swap(&entries, &batch.entries)
  }

  /// An entry of the next run to be recorded that is grouped, and counted in no minute.
  mutating func leaveOutOfMinute(_ index: Int) { apart.insert(index) }

  /// Entries whose records are fetched side by side, before the first of them is counted: larger would
  /// push them out of the nearest cache again.
  private static let block = 32

  /// Gives entries the numbers of their shapes, and reads of each what counting it reads first.
  private mutating func resolve(_ entries: inout MutableSpan<Entry>, _ block: Range<Int>) {
    for index in block where entries[index].flags.isDisjoint(with: .notCounted) {
      resolve(&entries[index])
    }
    let sum = contexts.touch(entries.span, block)
    warmth = sum &+ registry.touch(entries.span, block)
  }

  @inline(__always)
  private mutating func resolve(_ entry: inout Entry) {
    let shape = shapes.resolve(entry.mask, &registry)
    entry.mask = UInt32(shape.index)
    if shape.index >= knownShapes {
      knownShapes = shape.index + 1
      hasNewShapes = true
      if entry.severity.isError { hasNewErrorShapes = true }
    }
  }

  /// The same where some entries only say that the one before came again: one by one, since they take
  /// over what that one is.
  private mutating func resolveInOrder(
    _ entries: inout [Entry], _ block: Range<Int>, in batch: Batch
  ) {
    for index in block {
      if entries[index].isEcho {
        let last = lastEntries.last(before: index, in: entries, of: batch)
        entries[index].echo(last)
        if last != nil { continue }
      }
      if entries[index].flags.isDisjoint(with: .notCounted) { resolve(&entries[index]) }
    }
  }

  @inline(__always)
  private mutating func record(
    _ entries: inout MutableSpan<Entry>, _ index: Int, in batch: Batch, _ fields: Span<Field>,
    _ arenas: ArenaPair
  ) {
    let flags = entries[index].flags
    if !flags.isDisjoint(with: Self.troubles) {
      totals.addTroubles(flags, batch, index)
      if flags.contains(.repeated) {
        return recordRepeated(&entries, index, in: batch, fields, arenas)
      }
    }
    recordOnce(&entries, index, in: batch, fields, arenas)
  }

  /// Records an entry that stands for several.
  private mutating func recordRepeated(
    _ entries: inout MutableSpan<Entry>, _ index: Int, in batch: Batch, _ fields: Span<Field>,
    _ arenas: ArenaPair
  ) {
    recordOnce(&entries, index, in: batch, fields, arenas)
    let entry = entries[index]
    let more = bookMore(entry)
    guard more > 0, entry.flags.isDisjoint(with: .notCounted) else { return }
    let shape = ShapeNumber(index: Int(entry.mask))
    totals.addMore(entry, times: more)
    registry.recordMore(shape, entry, times: more)
    guard entry.time.isKnown, apart.isEmpty || !apart.contains(index) else { return }
    let isError = entry.severity.isError
    counters.addMore(
      service: entry.service, shape: shape, isError: isError, minute: entry.time.minute,
      times: more)
    archive?.addMore(
      service: entry.service, shape: shape, isError: isError, minute: entry.time.minute,
      times: more)
  }

  /// Books what an entry stands for beside itself, which one frame held; tells how much that is.
  private mutating func bookMore(_ entry: Entry) -> Int {
    let weight = max(1, Int(entry.weight))
    let more = min(weight, Entry.weightLimit) - 1
    totals.leaveOut(repetitions: weight - 1 - more)
    ledger.entries += more
    ledger.expanded += more
    if entry.flags.isDisjoint(with: .notCounted) {
      ledger.analysed += more
    } else {
      book(entry.flags, more)
    }
    return more
  }

  @inline(__always)
  private mutating func recordOnce(
    _ entries: inout MutableSpan<Entry>, _ index: Int, in batch: Batch, _ fields: Span<Field>,
    _ arenas: ArenaPair
  ) {
    let flags = entries[index].flags
    ledger.entries += 1
    if !flags.isDisjoint(with: .notCounted) { return book(flags) }
    let shape = ShapeNumber(index: Int(entries[index].mask))
    if entries[index].time.isKnown, apart.isEmpty || !apart.contains(index),
      !count(entries[index], shape)
    {
      entries[index].flags.insert(.late)
      ledger.late += 1
      return
    }
    ledger.analysed += 1
    totals.add(entries[index])
    registry.record(shape, entries[index], in: batch)
    contexts.record(entries[index], shape: shape)
    if !hasSeveralHosts, !entries[index].host.isNone { note(host: entries[index].host) }
    changes.record(entries[index], of: batch)
    if case .trading = entries[index].category { orders.take(entries[index], fields, arenas) }
  }

  /// The security signal of what an entry only says to have come again.
  mutating func repeatedSignal(_ index: Int, of batch: Batch) -> KeptSignal? {
    lastEntries.signal(before: index, in: batch.entries, of: batch)
  }

  /// Makes of an entry that only says that the last one came again what that one is.
  private mutating func echo(_ index: Int, of batch: Batch) {
    let last = lastEntries.last(before: index, in: batch.entries, of: batch)
    batch.entries[index].echo(last)
  }

  /// A minute's entries by group, in order of the groups' ids.
  mutating func groups(of tally: MinuteTally) -> [MinuteFacts.GroupCounts] {
    registry.counts(of: tally.shapes)
  }

  /// Brings the templates up to date where a shape came that the run had not seen; they generalise once
  /// a share of the shapes has waited for it, since doing that for each would take quadratic time.
  mutating func settleIfNew() {
    guard registry.shapeCount > knownShapes else { return }
    knownShapes = registry.shapeCount
    let isDue = registry.waitingCount > max(16, registry.shapeCount / 16)
    settle(isDue ? .phases : .names)
  }

  /// Brings the templates up to date; the merges among groups are in `registry.miner.merges`.
  mutating func settle(_ effort: TemplateMiner.Effort) {
    registry.settle(effort)
    hasNewShapes = false
    hasNewErrorShapes = false
  }

  /// Gives shapes that came since templates were last brought up to date their groups, and leaves all else for
  /// the minute's close; false where there are none.
  mutating func nameShapes() -> Bool {
    guard hasNewShapes else { return false }
    let isError = hasNewErrorShapes
    settle(.names)
    hasNewErrorShapes = isError
    return true
  }

  /// Counts and groups an entry whatever its time, for commands that list or group entries; false where
  /// it was filtered. Afterwards `mask` holds the number of its shape.
  mutating func list(_ batch: Batch, _ index: Int) -> Bool {
    if batch.entries[index].isEcho { echo(index, of: batch) }
    let entry = batch.entries[index]
    let isRepeated = entry.flags.contains(.repeated)
    ledger.entries += 1
    if !entry.flags.isDisjoint(with: Self.troubles) {
      totals.addTroubles(entry.flags, batch, index)
    }
    if entry.flags.contains(.filtered) {
      ledger.filtered += 1
      if isRepeated { _ = bookMore(entry) }
      return false
    }
    let shape: ShapeNumber
    if isRepeated, entry.isEcho {
      shape = ShapeNumber(index: Int(entry.mask))
    } else {
      shapes.bring(batch)
      shape = shapes.resolve(entry.mask, &registry)
      shapes.putBack(batch)
      batch.entries[index].mask = UInt32(shape.index)
    }
    ledger.analysed += 1
    totals.add(entry)
    registry.record(shape, entry, in: batch)
    if isRepeated {
      let more = bookMore(entry)
      totals.addMore(entry, times: more)
      registry.recordMore(shape, entry, times: more)
    }
    return true
  }

  /// Keeps the texts of shapes, which a partial holds; to be called before the first entry.
  mutating func keepShapes() { registry.keepTexts() }

  /// The symbol of a name that an earlier run met.
  mutating func symbol(of name: [UInt8]) -> Symbol {
    names.symbol(of: String(decoding: name, as: UTF8.self))
  }

  /// Groups the shapes that earlier runs met; they are not new.
  mutating func knowShapes() {
    settle(.reference)
    knownShapes = registry.shapeCount
  }

  /// What was counted beside the entries, as a partial hands it on.
  func books(patterns: [String]) -> PartialBooks {
    var books = PartialBooks()
    books.ledger = ledger
    books.frames = frames
    totals.fill(&books, patterns: patterns)
    return books
  }

  /// Takes over the books of runs whose entries were taken; tells how many of those did not come.
  ///
  /// - Parameter number: of a pattern, by its id.
  mutating func adopt(_ books: PartialBooks, number: (String) -> UInt16?) -> Int {
    let (taken, late) = (ledger.analysed, ledger.late)
    ledger = books.ledger
    let missing = books.ledger.analysed - taken - late
    if missing < 0 {
      // Of a partial that broke off before its books: what was read of it is all that is known.
      ledger.read -= missing
      ledger.entries -= missing
      ledger.analysed -= missing
    }
    ledger.analysed -= late
    ledger.late += late
    frames.add(books.frames)
    totals.add(books, number: number)
    return missing
  }

  private static let troubles: EntryFlags = [
    .gaveUp, .matchedInPart, .closedByClock, .zoneUnknown, .repeated,
  ]

  private var knownShapes = 1
  /// Read of records before they are counted, and told nobody.
  private var warmth = 0

  private mutating func note(host: Symbol) {
    if firstHost.isNone { firstHost = host }
    hasSeveralHosts = host != firstHost
  }

  private mutating func book(_ flags: EntryFlags, _ count: Int = 1) {
    if flags.contains(.own) {
      ledger.drop(.own, count)
    } else if flags.contains(.filtered) {
      ledger.filtered += count
    } else {
      ledger.late += count
    }
  }
}
