internal import Bytes
package import Model

/// What a condenser asks about the numbers in the entries that it takes.
package protocol PartialNames {
  func name(of symbol: Symbol) -> String
  /// The text of a shape, and what it is of.
  func shape(_ number: Int) -> (text: [UInt8], kind: GroupKind)
  func name(of field: FieldName) -> String
  /// The id of a pattern, by its number from 1; empty for none.
  func id(ofPattern number: Int) -> String
}

/// Makes a shard's mergeable state of its entries: the stream itself, with only as much of each entry as a merge can ask for.
///
/// A partial, read back as a stream, gives all that detectors, groups and rules judge by: of every entry when it came, what it is
/// (shape, service, host, severity, ...) and its correlation id; the texts of the first entries of each shape, of what is judged one by one
/// (signals, rule matches, changes, orders, trouble) up to the limits of `HeldMinute`, of those whose values are looked at
/// (`SampleRule`), and of the entries that closed minutes. So merging partials is analysing their streams.
/// - Size: some 5 bytes for each entry, 40 for what it is in a block, and what is kept with its texts.
/// - Limits: `limit` bytes of entries at a time (256 MB, their arrays' room to grow aside). Where there are more,
///   what is held is written in the order of the stream while its minutes are still open (`writtenEarly`): what is read back is the
///   same stream.
package struct Condenser: ~Copyable {
  /// Larger would be more than all else that a run holds, smaller would break up minutes of a busy shard.
  package static let heldLimit = 256 << 20
  /// Entries of a shape that become exemplars.
  private static let exemplars: UInt8 = 2

  private var minutes: [Int64: HeldMinute] = [:]
  /// Entries without a time, or whose time is not believed.
  private var timeless = HeldMinute()
  /// How many of each shape were kept.
  private var seen: [UInt8] = []
  private var sampled = SampledShapes()
  private var order: UInt32 = 0
  /// Bytes of all that waits for its minute's end.
  package private(set) var held = 0
  private let limit: Int
  private var keepsNext = true
  /// The last minute that was written.
  private var lastClosed = Int64.min
  private let sorting: HeldMinute.Order
  private var blocks: PartialWriter
  /// How often what was held was written before its minutes were closed.
  package private(set) var writtenEarly = 0

  package init(_ settings: PartialSettings, limit: Int = Condenser.heldLimit) {
    self.limit = limit
    sorting = settings.isUnordered ? .time : .stream
    blocks = PartialWriter(settings)
  }

  /// Takes an entry that was counted, with the run's symbols and its shape's number as `mask`.
  ///
  /// - Parameters:
  ///   - seed: of an entry's shape, by its number.
  ///   - place: where it stands, for those who want to see its bytes.
  package mutating func take(
    _ index: Int, of batch: Batch, seed: (Int) -> UInt32, place: () -> String
  ) {
    let entry = batch.entries[index]
    order &+= 1
    var record = HeldRecord(time: entry.time, context: entry.context, order: order)
    let minute = entry.time.isKnown ? entry.time.minute.number : .min
    // What came for a minute that was written is in its group alone.
    let isKnown = minute > lastClosed
    if !isKnown { record.time = .unknown }
    var bin = isKnown ? minutes.removeValue(forKey: minute) ?? HeldMinute() : timeless
    if !isKnown { timeless = HeldMinute() }
    let before = bin.byteCount
    let kept = HeldEntry(entry, source: batch.source(of: index), status: Self.status(entry, batch))
    let cell = Cell(kept)
    if let need = need(of: entry, cell, &bin, seed) {
      bin.keep(index, as: kept, need, cell, record, in: batch, place: place)
    } else {
      bin.add(index, as: kept, cell, record, in: batch, place: place)
    }
    held += bin.byteCount - before
    if isKnown { minutes[minute] = bin } else { timeless = bin }
  }

  /// The entry that is taken next is kept: its stamp closes minutes.
  package mutating func keepNext() { keepsNext = true }

  /// For what an entry is kept with its texts; nil where it is not.
  private mutating func need(
    of entry: Entry, _ cell: Cell, _ bin: inout HeldMinute, _ seed: (Int) -> UInt32
  ) -> HeldMinute.Need? {
    let isNext = keepsNext
    keepsNext = false
    let shape = Int(entry.mask)
    while seen.count <= shape { seen.append(0) }
    if seen[shape] < Self.exemplars {
      seen[shape] += 1
      return .text
    }
    guard bin.hasRoom else { return nil }
    if isNext || entry.signal != .none
      || !entry.flags.isDisjoint(with: [.change, .ruleMatch])
      || entry.severity >= .warning && bin.troubles(like: cell) < HeldMinute.troubleLimit
    {
      return .text
    }
    if entry.time.isKnown, sampled.choose(entry, seed) { return .values }
    return entry.category == .trading && entry.captureCount > 0 ? .fields : nil
  }

  /// The HTTP status that a pattern captured, or 0.
  private static func status(_ entry: Entry, _ batch: Batch) -> UInt16 {
    let arenas = batch.arenas
    for index in entry.captureRange where batch.fields[index].name == WellKnownField.status.name {
      let text = arenas.bytes(batch.fields[index].value)
      guard text.count == 3 else { return 0 }
      var value: UInt16 = 0
      for at in 0..<3 {
        guard text[at] &- 0x30 < 10 else { return 0 }
        value = value * 10 + UInt16(text[at] &- 0x30)
      }
      return value
    }
    return 0
  }

  /// A minute's counts are not believed: its entries count in their groups alone.
  package mutating func forget(_ minute: Minute, _ names: some PartialNames) {
    guard var bin = minutes.removeValue(forKey: minute.number) else { return }
    held -= bin.byteCount
    bin.seal(sorting)
    bin.disbelieve()
    blocks.write(bin, names)
  }

  /// Writes what a minute that was closed held; minutes come in order.
  ///
  /// - Parameter shapes: its entries by shape.
  package mutating func close(
    _ minute: Minute, shapes: [(shape: ShapeNumber, entries: Int)], _ names: some PartialNames
  ) {
    sampled.close(shapes)
    write(minute, names)
  }

  private mutating func write(_ minute: Minute, _ names: some PartialNames) {
    lastClosed = max(lastClosed, minute.number)
    writeTimeless(names)
    guard var bin = minutes.removeValue(forKey: minute.number) else { return }
    held -= bin.byteCount
    bin.seal(sorting)
    blocks.write(bin, names)
  }

  private mutating func writeTimeless(_ names: some PartialNames) {
    guard !timeless.entries.isEmpty else { return }
    held -= timeless.byteCount
    timeless.seal(sorting)
    blocks.write(timeless, names)
    timeless = HeldMinute()
  }

  /// Whether what is held has to be written before more is taken.
  package var isFull: Bool { held >= limit }

  /// Writes all that is held, in the order of the stream, and hands on the bytes as they are ready; minutes stay open.
  package mutating func relieve(_ names: some PartialNames, drain: (Span<UInt8>) -> Void) {
    writtenEarly += 1
    writeTimeless(names)
    var places: [(time: Timestamp, order: UInt32, minute: Int64, index: Int)] = []
    for number in minutes.keys {
      guard var bin = minutes.removeValue(forKey: number) else { continue }
      held -= bin.byteCount
      bin.seal(sorting)
      for (index, record) in bin.records.enumerated() {
        places.append((record.time, record.order, number, index))
      }
      minutes[number] = bin
    }
    switch sorting {
    case .stream: places.sort { $0.order < $1.order }
    case .time: places.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    }
    for place in places {
      if let bin = minutes[place.minute] { blocks.write(bin.records[place.index], of: bin, names) }
      if blocks.hasOutput { blocks.drain(drain) }
    }
    for number in minutes.keys {
      minutes[number]?.restart()
      held += minutes[number]?.byteCount ?? 0
    }
  }

  /// Writes what is left and the books; nothing may be taken afterwards.
  package mutating func finish(_ books: PartialBooks, _ names: some PartialNames) {
    writeTimeless(names)
    for minute in minutes.keys.sorted() { write(Minute(number: minute), names) }
    blocks.finish(books)
  }

  /// Whether bytes are ready to be handed on.
  package var hasOutput: Bool { blocks.hasOutput }

  /// Hands on the bytes that are ready.
  package mutating func drain(_ body: (Span<UInt8>) -> Void) { blocks.drain(body) }
}
