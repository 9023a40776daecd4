internal import Bytes
package import Model

/// Makes a batch's entries of a block of a partial, which is the batch's input.
///
/// Names and shapes are the block's own and announced with it, so that blocks can be decoded in any
/// order. The bytes may be anything: behind what makes no sense nothing of the block is taken, and the
/// books, which count more entries then, tell that some are missing.
package struct PartialDecoder: Sendable {
  private let fields: FieldNames
  private let patterns: [String: UInt16]
  private let ruleCount: Int
  /// Numbers of each partial's sources, among those of all.
  private let sources: [Range<Int>]

  /// - Parameters:
  ///   - patterns: ids of the loaded patterns, in order.
  ///   - ruleCount: Sigma rules that are loaded.
  ///   - sourceCounts: how many sources each of the partials has.
  package init(fields: FieldNames, patterns: [String], ruleCount: Int, sourceCounts: [Int]) {
    self.fields = fields
    var first = 0
    sources = sourceCounts.map { count in
      defer { first += count }
      return first..<(first + count)
    }
    var numbers: [String: UInt16] = [:]
    for (index, id) in patterns.enumerated() where index < Int(UInt16.max) {
      numbers[id] = UInt16(index + 1)
    }
    self.patterns = numbers
    self.ruleCount = ruleCount
  }

  package func decode(_ batch: Batch) {
    batch.restartsNames = true
    batch.restartsMasks = true
    batch.keepsTimes = true
    batch.undecided = batch.arenas.input.count
    let input = batch.arenas.input
    let bytes = input.span
    var cursor = ByteCursor()
    var names = Names()
    for _ in 0..<cursor.count(bytes, below: bytes.count + 1) {
      names.ranges.append(cursor.stretch(bytes))
    }
    let shapeCount = cursor.count(bytes, below: bytes.count + 1)
    for number in 0..<shapeCount {
      let kind = GroupKind(rawValue: cursor.byte(bytes)) ?? .message
      let text = cursor.stretch(bytes)
      batch.newMasks.append(
        NewMask(
          slot: UInt32(number + 1), kind: kind, text: ByteRange(text.lowerBound, count: text.count))
      )
    }
    let sources = sources.indices.contains(batch.source) ? sources[batch.source] : 0..<1
    var likes: [Like] = []
    for _ in 0..<cursor.count(bytes, below: bytes.count + 1) {
      likes.append(like(bytes, &cursor, names, shapes: shapeCount, sources: sources.count))
      if cursor.isBroken { return }
    }
    var reading = Reading()
    let count = cursor.count(bytes, below: PartialLayout.entryLimit + 1)
    batch.entries.reserveCapacity(count)
    for _ in 0..<count {
      guard
        let entry = entry(
          bytes, &cursor, &reading, &likes, &names, shapes: shapeCount, sources: sources.count,
          into: batch)
      else { return }
      batch.entries.append(entry.entry)
      batch.sources.append(UInt16(clamping: sources.lowerBound + entry.source))
    }
  }

  /// What is carried from one entry of a block to the next.
  private struct Reading {
    var time: Int64 = 0
    var contexts: [UInt64] = []
  }

  /// What entries are like: all of one but when it came.
  private struct Like {
    var entry = Entry()
    var source = 0
    var status = ByteRange.empty
    var pattern = 0
    var names = (service: 0, host: 0, program: 0)
    /// An entry of the block has been like it: its names are announced and its fields stand in the batch.
    var isReady = false
  }

  /// The block's names, and which of them the batch has announced.
  private struct Names {
    var ranges: [Range<Int>] = []
    private var announced: Set<Int> = []

    mutating func symbol(_ number: Int, in batch: Batch) -> Symbol {
      guard number > 0 else { return .none }
      let symbol = Symbol(number: UInt32(number))
      if announced.insert(number).inserted {
        let range = ranges[number - 1]
        batch.newNames.append(
          NewName(symbol: symbol, spelling: ByteRange(range.lowerBound, count: range.count)))
      }
      return symbol
    }
  }

  private func entry(
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ reading: inout Reading,
    _ likes: inout [Like], _ names: inout Names, shapes: Int, sources: Int, into batch: Batch
  ) -> (entry: Entry, source: Int)? {
    let head = cursor.count(bytes, below: (likes.count + 1) << 2)
    if head & 1 != 0 { reading.time = reading.time &+ cursor.signed(bytes) }
    let context = head & 2 != 0 ? readContext(bytes, &cursor, &reading) : 0
    var like: Like
    if head >> 2 > 0 {
      let number = (head >> 2) - 1
      if !likes[number].isReady { ready(&likes[number], bytes, &names, batch) }
      like = likes[number]
    } else {
      like = self.like(bytes, &cursor, names, shapes: shapes, sources: sources)
      like.entry.isEcho = cursor.byte(bytes) != 0
      like.entry.message = Self.range(cursor.stretch(bytes))
      like.entry.cursor = Self.range(cursor.stretch(bytes))
      readFields(&like.entry, bytes, &cursor, names, into: batch)
      readRules(bytes, &cursor, into: batch)
      if cursor.isBroken { return nil }
      ready(&like, bytes, &names, batch)
    }
    guard !cursor.isBroken, like.entry.mask > 0, like.entry.weight > 0 else { return nil }
    if head & 1 != 0 { like.entry.time = Timestamp(nanoseconds: reading.time) }
    like.entry.context = context
    return (like.entry, like.source)
  }

  private func readContext(
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ reading: inout Reading
  ) -> UInt64 {
    let number = cursor.count(bytes, below: reading.contexts.count + 1)
    if number > 0 { return reading.contexts[number - 1] }
    var context: UInt64 = 0
    for place in 0..<8 { context |= UInt64(cursor.byte(bytes)) << UInt64(8 * place) }
    reading.contexts.append(context)
    return context
  }

  private func like(
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ names: Names, shapes: Int, sources: Int
  ) -> Like {
    var like = Like()
    like.entry.isEcho = true
    like.entry.weight = UInt32(cursor.count(bytes, below: Entry.weightLimit + 1))
    like.entry.mask = UInt32(cursor.count(bytes, below: shapes + 1))
    let limit = names.ranges.count + 1
    like.names = (
      cursor.count(bytes, below: limit), cursor.count(bytes, below: limit),
      cursor.count(bytes, below: limit)
    )
    like.entry.boot = UInt32(truncatingIfNeeded: cursor.number(bytes))
    like.entry.process = Int32(truncatingIfNeeded: cursor.signed(bytes))
    like.pattern = cursor.count(bytes, below: limit)
    like.entry.flags = EntryFlags(
      rawValue: UInt16(truncatingIfNeeded: cursor.number(bytes)) & Self.believed.rawValue)
    like.source = cursor.count(bytes, below: sources)
    like.status = Self.range(cursor.stretch(bytes))
    guard let severity = Severity(rawValue: cursor.byte(bytes)),
      let category = Category(rawValue: cursor.byte(bytes)),
      let outcome = Outcome(rawValue: cursor.byte(bytes)),
      let signal = SecuritySignal(rawValue: cursor.byte(bytes)),
      let format = SourceFormat(rawValue: cursor.byte(bytes)),
      let timeSource = TimeSource(rawValue: cursor.byte(bytes))
    else {
      like.entry.mask = 0
      return like
    }
    like.entry.severity = severity
    like.entry.category = category
    like.entry.outcome = outcome
    like.entry.signal = signal
    like.entry.format = format
    like.entry.timeSource = timeSource
    return like
  }

  /// Gives what an entry is the names of the batch, and a status that it had its field.
  private func ready(
    _ like: inout Like, _ bytes: Span<UInt8>, _ names: inout Names, _ batch: Batch
  ) {
    like.isReady = true
    like.entry.service = names.symbol(like.names.service, in: batch)
    like.entry.host = names.symbol(like.names.host, in: batch)
    like.entry.program = names.symbol(like.names.program, in: batch)
    if like.pattern > 0 {
      let id = String(bytes.extracting(names.ranges[like.pattern - 1]))
      like.entry.pattern = patterns[id] ?? 0
    }
    guard like.status.count > 0 else { return }
    like.entry.captureStart = UInt32(batch.fields.count)
    like.entry.captureCount = 1
    batch.fields.append(Field(WellKnownField.status.name, like.status, kind: .number))
  }

  private func readFields(
    _ entry: inout Entry, _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ names: Names,
    into batch: Batch
  ) {
    // Captures come first, then the others, as they stand in the batch.
    entry.captureStart = UInt32(batch.fields.count)
    for _ in 0..<cursor.count(bytes, below: 1024) {
      let name = cursor.count(bytes, below: names.ranges.count + 1)
      let code = cursor.byte(bytes)
      let value = Self.range(cursor.stretch(bytes))
      guard !cursor.isBroken, name > 0, let kind = FieldKind(rawValue: code >> 1) else { return }
      let spelling = names.ranges[name - 1]
      let known = fields.number(of: String(bytes.extracting(spelling)))
      batch.fields.append(
        known.map { Field($0, value, kind: kind) }
          ?? Field(spelled: Self.range(spelling), value, kind: kind))
      if code & 1 != 0 { entry.captureCount += 1 } else { entry.fieldCount += 1 }
    }
    entry.fieldStart = entry.captureStart + UInt32(entry.captureCount)
  }

  private func readRules(
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, into batch: Batch
  ) {
    for _ in 0..<cursor.count(bytes, below: 65_536) {
      let code = cursor.number(bytes)
      guard !cursor.isBroken, code >> 1 < UInt64(ruleCount) else { return }
      batch.ruleMatches.append(
        RuleMatch(entry: batch.entries.count, rule: Int(code >> 1), gaveUp: code & 1 != 0))
    }
  }

  /// Flags that an entry of a partial may have.
  private static let believed: EntryFlags = [
    .cut, .messageWithheld, .repaired, .exception, .joined, .change, .ruleMatch, .repeated,
  ]

  private static func range(_ bytes: Range<Int>) -> ByteRange {
    ByteRange(bytes.lowerBound, count: bytes.count)
  }
}
