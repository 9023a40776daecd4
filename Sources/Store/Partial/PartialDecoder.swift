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

  /// - Parameters:
  ///   - patterns: ids of the loaded patterns, in order.
  ///   - ruleCount: Sigma rules that are loaded.
  package init(fields: FieldNames, patterns: [String], ruleCount: Int) {
    self.fields = fields
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
    var time: Int64 = 0
    for _ in 0..<cursor.count(bytes, below: bytes.count + 1) {
      guard
        let entry = entry(bytes, &cursor, &time, &names, shapes: shapeCount, into: batch)
      else { return }
      batch.entries.append(entry)
    }
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
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout Int64,
    _ names: inout Names, shapes: Int, into batch: Batch
  ) -> Entry? {
    var entry = Entry()
    if cursor.byte(bytes) != 0 {
      time = time &+ cursor.signed(bytes)
      entry.time = Timestamp(nanoseconds: time)
    }
    entry.weight = UInt32(cursor.count(bytes, below: Entry.weightLimit + 1))
    entry.mask = UInt32(cursor.count(bytes, below: shapes + 1))
    let limit = names.ranges.count + 1
    let (service, host, program) = (
      cursor.count(bytes, below: limit), cursor.count(bytes, below: limit),
      cursor.count(bytes, below: limit)
    )
    entry.boot = UInt32(truncatingIfNeeded: cursor.number(bytes))
    entry.process = Int32(truncatingIfNeeded: cursor.signed(bytes))
    entry.context = cursor.number(bytes)
    let pattern = cursor.count(bytes, below: limit)
    entry.flags = EntryFlags(
      rawValue: UInt16(truncatingIfNeeded: cursor.number(bytes)) & Self.believed.rawValue)
    guard let severity = Severity(rawValue: cursor.byte(bytes)),
      let category = Category(rawValue: cursor.byte(bytes)),
      let outcome = Outcome(rawValue: cursor.byte(bytes)),
      let signal = SecuritySignal(rawValue: cursor.byte(bytes)),
      let format = SourceFormat(rawValue: cursor.byte(bytes)),
      let timeSource = TimeSource(rawValue: cursor.byte(bytes))
    else { return nil }
    entry.severity = severity
    entry.category = category
    entry.outcome = outcome
    entry.signal = signal
    entry.format = format
    entry.timeSource = timeSource
    entry.isEcho = cursor.byte(bytes) != 0
    entry.message = Self.range(cursor.stretch(bytes))
    entry.cursor = Self.range(cursor.stretch(bytes))
    readFields(&entry, bytes, &cursor, names, into: batch)
    readRules(bytes, &cursor, into: batch)
    guard !cursor.isBroken, entry.mask > 0, entry.weight > 0 else { return nil }
    entry.service = names.symbol(service, in: batch)
    entry.host = names.symbol(host, in: batch)
    entry.program = names.symbol(program, in: batch)
    if pattern > 0 {
      entry.pattern = patterns[String(bytes.extracting(names.ranges[pattern - 1]))] ?? 0
    }
    return entry
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
