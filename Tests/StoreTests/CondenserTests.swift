import Bytes
import Flow
import Model
import Testing

@testable import Store

private struct Names: PartialNames {
  func name(of symbol: Symbol) -> String { "name\(symbol.number)" }
  func shape(_ number: Int) -> (text: [UInt8], kind: GroupKind) {
    (Array("shape \(number)".utf8), number % 2 == 0 ? .message : .exception)
  }
  func name(of field: FieldName) -> String { FieldNames()[field] }
  func id(ofPattern number: Int) -> String { number == 0 ? "" : "p.\(number)" }
}

@Suite("The condenser")
struct CondenserTests {
  static let settings = PartialSettings(
    lateness: 30, isUnordered: false, patterns: 7, rules: ["a rule"], inputName: "x.log",
    sourceCount: 3)

  private func batch(_ entries: [Entry], message: String = "text") -> Batch {
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16)
    _ = batch.arenas.input.append(message)
    for var entry in entries {
      entry.message = ByteRange(0, count: message.utf8.count)
      batch.entries.append(entry)
    }
    return batch
  }

  private func entry(
    _ second: Int64, shape: UInt32 = 2, severity: Severity = .info, service: UInt32 = 1
  ) -> Entry {
    var entry = Entry()
    entry.time = Timestamp(seconds: second)
    entry.mask = shape
    entry.severity = severity
    entry.service = Symbol(number: service)
    return entry
  }

  /// The blocks' payloads, with their kinds.
  private func blocks(_ bytes: [UInt8]) -> [(kind: UInt8, payload: [UInt8])] {
    var found: [(UInt8, [UInt8])] = []
    var at = PartialLayout.headerSize
    while at + PartialLayout.blockHeaderSize <= bytes.count {
      let size = (1...4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * ($1 - 1)) }
      let start = at + PartialLayout.blockHeaderSize
      found.append((bytes[at], Array(bytes[start..<(start + size)])))
      at = start + size
    }
    return found
  }

  private func decoded(_ payload: [UInt8]) -> Batch {
    let batch = Batch(inputCapacity: PartialLayout.payloadLimit + 64, sideCapacity: 64)
    _ = batch.arenas.input.append(payload.span)
    PartialDecoder(fields: FieldNames(), patterns: ["p.1"], ruleCount: 1, sourceCounts: [3])
      .decode(batch)
    return batch
  }

  private func partial(
    of entries: [Entry], books: PartialBooks = PartialBooks(),
    closing: [Int: (Minute, [(shape: ShapeNumber, entries: Int)])] = [:]
  ) -> [(kind: UInt8, payload: [UInt8])] {
    partial(of: batch(entries), books: books, closing: closing)
  }

  /// - Parameter closing: minutes that are closed behind an entry, with their counts.
  private func partial(
    of batch: Batch, books: PartialBooks = PartialBooks(),
    closing: [Int: (Minute, [(shape: ShapeNumber, entries: Int)])] = [:]
  ) -> [(kind: UInt8, payload: [UInt8])] {
    var condenser = Condenser(Self.settings)
    for index in batch.entries.indices {
      condenser.take(index, of: batch, seed: { UInt32($0) }, place: { "x.log:\(index)" })
      if let minute = closing[index] {
        condenser.close(minute.0, shapes: minute.1, Names())
      }
    }
    condenser.finish(books, Names())
    var bytes: [UInt8] = []
    condenser.drain { span in for index in 0..<span.count { bytes.append(span[index]) } }
    return blocks(bytes)
  }

  /// A shape that came so often in a minute that hardly any of its entries are looked at.
  private static func busy(_ minute: Int64) -> (Minute, [(shape: ShapeNumber, entries: Int)]) {
    (Minute(number: minute), [(ShapeNumber(index: 2), 1 << 24)])
  }

  @Test("of entries that are alike remains when each came, and the texts of the first ones")
  func alike() throws {
    let times = [0, 60, 120, 180].map { Int64($0) } + (181..<230).map { Int64($0) } + [230, 225]
    let entries = times.map { entry($0) }
    let found = partial(
      of: entries, closing: [0: Self.busy(0), 1: Self.busy(1), 2: Self.busy(2)])
    #expect(found.map(\.kind) == [1, 2, 3])
    let first = found[0].payload
    let settings = PartialSettings(first.span)
    #expect(settings == Self.settings)
    let batch = decoded(found[1].payload)
    #expect(batch.entries.map(\.weight).allSatisfy { $0 == 1 })
    #expect(batch.entries.map { $0.time.nanoseconds / 1_000_000_000 } == times)
    let arenas = batch.arenas
    let texts = batch.entries.map { arenas.text($0.message) }
    #expect(texts[..<3] == ["text", "text", "text"])
    #expect(texts[3...].allSatisfy { $0.isEmpty })
    #expect(batch.entries.map(\.isEcho) == texts.map(\.isEmpty))
    #expect(arenas.text(batch.entries[0].cursor) == "x.log:0")
    #expect(batch.newNames.map { arenas.text($0.spelling) } == ["name1"])
    #expect(batch.newMasks.map { arenas.text($0.text) } == ["shape 2"])
    #expect(found[1].payload.count < 10 * times.count)
  }

  @Test("a shard keeps the texts of all entries that a merge with larger counts looks at")
  func sampled() {
    var entries = [entry(0), entry(60), entry(120), entry(180)]
    for number in 0..<4000 { entries.append(entry(180).later(number * 10)) }
    let tally: [(shape: ShapeNumber, entries: Int)] = [(ShapeNumber(index: 2), 300)]
    var closing: [Int: (Minute, [(shape: ShapeNumber, entries: Int)])] = [:]
    for minute in 0..<3 { closing[minute + 1] = (Minute(number: Int64(minute)), tally) }
    let batch = decoded(partial(of: entries, closing: closing)[1].payload)
    let kept = batch.entries.count { !$0.isEcho }
    #expect((30...160).contains(kept))
    for (index, entry) in entries.enumerated()
    where index > 3
      && SampleRule.chooses(entry.time, length: 4, seed: 2, bits: SampleRule.bits(for: 700))
    {
      #expect(!batch.entries[index].isEcho)
    }
  }

  @Test("contexts, statuses and sources are those of each entry")
  func particulars() {
    var entries: [Entry] = []
    for number in 0..<40 {
      var one = entry(600).later(number)
      one.context = [0, 7, 9, .max][number % 4]
      one.captureStart = 0
      one.captureCount = number % 2 == 0 ? 1 : 0
      entries.append(one)
    }
    let batch = batch(entries)
    let digits = batch.arenas.input.append("503") ?? 0
    batch.fields.append(
      Field(WellKnownField.status.name, ByteRange(digits, count: 3), kind: .number))
    batch.sources = (0..<40).map { UInt16($0 / 10) }
    let found = partial(of: batch, closing: [20: Self.busy(10)])
    let decoded = decoded(found[1].payload)
    #expect(decoded.entries.map(\.context) == entries.map(\.context))
    // The last source's number stands for those that were not known at the start.
    #expect(decoded.sources == (0..<40).map { UInt16(min($0 / 10, 2)) })
    for (number, entry) in decoded.entries.enumerated() {
      let statuses = entry.captureRange.map { decoded.arenas.text(decoded.fields[$0].value) }
      #expect(statuses == (number % 2 == 0 ? ["503"] : []))
    }
  }

  @Test("trouble is kept one by one up to a limit, with the last one's text")
  func trouble() {
    let limit = HeldMinute.troubleLimit
    let entries =
      [entry(0, severity: .error), entry(60, severity: .error), entry(120, severity: .error)]
      + (0..<(limit + 20)).map { entry(600, severity: .error).later($0) }
    let batch = decoded(
      partial(of: entries, closing: [0: Self.busy(0), 1: Self.busy(1), 2: Self.busy(2)])[1].payload)
    #expect(batch.entries.count == limit + 23)
    let texts = batch.entries.map { batch.arenas.text($0.message) }
    #expect(texts.count { !$0.isEmpty } == limit + 4)
    #expect(texts.last == "text")
  }

  @Test("an entry that stands for many stands for as many")
  func repeated() {
    var many = entry(600)
    many.weight = UInt32(Entry.weightLimit)
    many.flags.insert(.repeated)
    let batch = decoded(
      partial(of: Array(repeating: many, count: 6))[1].payload)
    #expect(batch.entries.map { Int($0.weight) } == Array(repeating: Entry.weightLimit, count: 6))
  }

  /// Entries of two minutes that are open at once, of 40 kinds, a quarter of them warnings.
  private func stream() -> [Entry] {
    (0..<4000).map { number in
      let second = 600 + Int64(number / 50) + (number % 3 == 0 ? 20 : 0)
      return entry(
        second, shape: UInt32(2 + number % 40), severity: number % 4 == 0 ? .warning : .info,
        service: UInt32(1 + number % 5)
      ).later(number)
    }
  }

  @Test("what exceeds the limit is written early, in the stream's order, and sums up to the same")
  func early() {
    func write(limit: Int) -> (batches: [Batch], most: Int, times: Int) {
      var condenser = Condenser(Self.settings, limit: limit)
      var bytes: [UInt8] = []
      func hand(_ span: Span<UInt8>) { for index in 0..<span.count { bytes.append(span[index]) } }
      let batch = batch(stream())
      var most = 0
      for index in batch.entries.indices {
        condenser.take(
          index, of: batch, seed: { UInt32($0) }, place: { "x.log:\(index)" })
        most = max(most, condenser.held)
        if condenser.isFull { condenser.relieve(Names()) { hand($0) } }
      }
      let times = condenser.writtenEarly
      condenser.finish(PartialBooks(), Names())
      condenser.drain { hand($0) }
      #expect(condenser.held == 0)
      return (blocks(bytes).filter { $0.kind == 2 }.map { decoded($0.payload) }, most, times)
    }
    func counts(_ batches: [Batch]) -> [String: Int] {
      var sums: [String: Int] = [:]
      for batch in batches {
        var words: [String: String] = [:]
        for mask in batch.newMasks { words["shape \(mask.slot)"] = batch.arenas.text(mask.text) }
        for name in batch.newNames {
          words["name \(name.symbol.number)"] = batch.arenas.text(name.spelling)
        }
        for entry in batch.entries {
          let shape = words["shape \(entry.mask)"] ?? "?"
          let service = words["name \(entry.service.number)"] ?? "?"
          let key = "\(entry.time.minute.number) \(shape) \(service) \(entry.severity)"
          sums[key, default: 0] += Int(entry.weight)
        }
      }
      return sums
    }
    let whole = write(limit: .max)
    let parted = write(limit: 40_000)
    #expect(whole.times == 0)
    #expect(parted.times > 1)
    #expect(whole.most > 80_000)
    #expect(parted.most < 45_000)
    #expect(counts(whole.batches).values.reduce(0, +) == 4000)
    #expect(counts(parted.batches) == counts(whole.batches))
    // No entry comes later than the stream let it: 20 seconds behind the latest.
    var latest: Int64 = 0
    for entry in parted.batches.flatMap(\.entries) {
      let time = entry.time.nanoseconds
      #expect(time > latest - 22_000_000_000)
      latest = max(latest, time)
    }
  }

  @Test("the books come back")
  func books() {
    var books = PartialBooks()
    books.ledger.read = 10
    books.ledger.entries = 9
    books.ledger.blank = 1
    books.ledger.analysed = 7
    books.ledger.drop(.own, 2)
    books.frames.withheld = 3
    books.surrenders = ["p.1": 4]
    let found = partial(of: [], books: books)
    #expect(found.map(\.kind) == [1, 3])
    let last = found[1].payload
    let read = PartialBooks(last.span)
    #expect(read == books)
  }

  @Test("books that tell of one thing twice, or of more than can be, are none")
  func impossibleBooks() {
    let zeros = Array(repeating: UInt8(0), count: 9)
    let own: [UInt8] = [3] + Array("own".utf8) + [1]
    let rest = Array(repeating: UInt8(0), count: 15)
    let once = zeros + [1] + own + rest
    let twice = zeros + [2] + own + own + rest
    let much = Array(repeating: UInt8(0xff), count: 7) + [0x01] + zeros.dropLast() + [0] + rest
    #expect(PartialBooks(once.span) != nil)
    #expect(PartialBooks(twice.span) == nil)
    #expect(PartialBooks(much.span) == nil)
  }

  @Test("blocks that make no sense give nothing that does not hold, for any bytes")
  func hostile() {
    var whole = entry(600, severity: .error)
    whole.pattern = 1
    let payload = partial(of: [whole, entry(601, shape: 3), entry(602)])[1].payload
    var seed: UInt64 = 42
    for round in 0..<3000 {
      var bytes = payload
      for _ in 0...(round % 4) {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let at = Int(seed >> 33) % bytes.count
        if round % 3 == 0 { bytes.removeSubrange(at...) }
        if bytes.isEmpty { bytes = [0x80] }
        bytes[at % bytes.count] = UInt8(truncatingIfNeeded: seed >> 24)
      }
      let batch = decoded(bytes)
      for entry in batch.entries {
        #expect(entry.mask >= 1 && Int(entry.mask) <= batch.newMasks.count)
        #expect(entry.weight >= 1 && entry.weight <= Entry.weightLimit)
        #expect(entry.fieldRange.upperBound <= batch.fields.count)
      }
      _ = PartialSettings(bytes.span)
      _ = PartialBooks(bytes.span)
    }
  }
}

extension Entry {
  fileprivate func later(_ milliseconds: Int) -> Entry {
    var copy = self
    copy.time = time.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
    return copy
  }
}
