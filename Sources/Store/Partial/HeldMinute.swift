internal import Bytes
internal import Model

/// A minute's entries on their way into a partial, in the order of the stream: those that are kept with their texts, and of the
/// others when they came and what they are like.
///
/// Of errors that are alike the last one's text is kept as well.
struct HeldMinute {
  /// Trouble of one kind that is kept with its texts in a minute; larger would make an error storm's partial
  /// as large as its log, smaller would lose examples.
  static let troubleLimit = 64
  /// Entries kept with their texts in a minute, of all kinds.
  static let keptLimit = 200_000

  /// In which order a minute's entries are written.
  enum Order {
    /// As they came, where that is nearly the order of time: so the watermark is what it was.
    case stream
    case time
  }

  /// For what an entry is kept.
  enum Need {
    /// All that it says: it may be shown.
    case text
    /// Its message and what was captured from it, where values are looked at.
    case values
    /// What was captured from it: order flow asks for no more.
    case fields
  }

  private struct Kind {
    /// Kept with their texts.
    var kept = 0
    /// What its entries are like, among `likes`, or -1.
    var like: Int32 = -1
    /// The place of the last one among the records, or -1, and what it said, where it is an error.
    var last = -1
    var text: [UInt8] = []
    var place: [UInt8] = []
  }

  private(set) var records: [HeldRecord] = []
  private(set) var entries: [HeldEntry] = []
  /// What entries without texts are like.
  private(set) var likes: [HeldEntry] = []
  private(set) var fields: [HeldField] = []
  private(set) var rules: [RuleMatch] = []
  private(set) var bytes: [UInt8] = []
  private var numbers: [Cell: Int] = [:]
  private var kinds: [Kind] = []
  private var kept = 0
  /// Of kinds' last texts and places.
  private var lastBytes = 0
  private var isSealed = false

  var hasRoom: Bool { kept < Self.keptLimit }

  /// What it holds; a kind's cell stands in a table that is up to half empty.
  var byteCount: Int {
    records.count * MemoryLayout<HeldRecord>.stride
      + (entries.count + likes.count) * MemoryLayout<HeldEntry>.stride
      + fields.count * MemoryLayout<HeldField>.stride
      + rules.count * MemoryLayout<RuleMatch>.stride + bytes.count + lastBytes
      + kinds.count * (MemoryLayout<Kind>.stride + 2 * MemoryLayout<Cell>.stride + 16)
  }

  /// Forgets what has been written; what was kept still counts towards the minute's limit.
  mutating func restart() {
    let kept = kept
    self = HeldMinute()
    self.kept = kept
  }

  /// How much trouble of an entry's kind was kept.
  mutating func troubles(like cell: Cell) -> Int { kinds[number(of: cell)].kept }

  /// Keeps an entry with what it says.
  mutating func keep(
    _ index: Int, as entry: HeldEntry, _ needs: Need, _ cell: Cell, _ record: HeldRecord,
    in batch: Batch, place: () -> String
  ) {
    var held = entry
    let source = batch.entries[index]
    let arenas = batch.arenas
    held.isEcho = needs == .fields || source.isEcho
    held.status = 0
    if needs != .fields {
      held.message = note(Self.cut(arenas.bytes(source.message), SampleRule.longest))
      if needs == .text || held.severity.isError { held.place = note(place()) }
    }
    let first = fields.count
    for (range, isCapture) in [(source.captureRange, true), (source.fieldRange, false)]
    where isCapture || needs != .values {
      for number in range.clamped(to: 0..<batch.fields.count) {
        guard fields.count - first < Self.fieldLimit else { break }
        keep(batch.fields[number], isCapture, arenas)
      }
    }
    held.fields = first..<fields.count
    if source.flags.contains(.ruleMatch) {
      let start = rules.count
      for match in batch.ruleMatches where Int(match.entry) == index { rules.append(match) }
      held.rules = start..<rules.count
    }
    append(held, record)
    kept += 1
    kinds[number(of: cell)].kept += 1
  }

  private mutating func keep(_ field: Field, _ isCapture: Bool, _ arenas: ArenaPair) {
    fields.append(
      HeldField(
        name: field.name, spelling: note(Self.cut(arenas.bytes(field.spelling), 256)),
        kind: field.kind, isCapture: isCapture,
        value: note(Self.cut(arenas.bytes(field.value), SampleRule.longest))))
  }

  private mutating func append(_ held: HeldEntry, _ record: HeldRecord) {
    var record = record
    record.index = Int32(entries.count)
    records.append(record)
    entries.append(held)
  }

  /// Notes when an entry came and what it is like.
  mutating func add(
    _ index: Int, as entry: HeldEntry, _ cell: Cell, _ record: HeldRecord, in batch: Batch,
    place: () -> String
  ) {
    guard entry.weight == 1, !entry.flags.contains(.repeated) else { return append(entry, record) }
    let message = batch.entries[index].message
    let arenas = batch.arenas
    let number = number(of: cell)
    if kinds[number].like < 0 {
      kinds[number].like = Int32(likes.count)
      likes.append(entry)
    }
    if entry.severity.isError, message.count > 0 {
      kinds[number].last = records.count
      lastBytes -= kinds[number].text.count + kinds[number].place.count
      kinds[number].text.replaceAll(
        with: Self.cut(arenas.bytes(message), SampleRule.longest))
      kinds[number].place = Array(place().utf8)
      lastBytes += kinds[number].text.count + kinds[number].place.count
    }
    var record = record
    record.index = kinds[number].like
    record.isLike = true
    records.append(record)
  }

  /// Gives the last errors their texts, and puts the entries in order.
  mutating func seal(_ sorting: Order) {
    guard !isSealed else { return }
    isSealed = true
    for kind in kinds where kind.last >= 0 {
      var held = likes[Int(kind.like)]
      held.isEcho = false
      held.message = note(kind.text.span)
      held.place = note(kind.place.span)
      records[kind.last].index = Int32(entries.count)
      records[kind.last].isLike = false
      entries.append(held)
    }
    switch sorting {
    case .stream: break
    case .time: records.sort { ($0.time, $0.order) < ($1.time, $1.order) }
    }
  }

  /// Takes all stamps away: they are not believed, and the entries count in their groups alone.
  mutating func disbelieve() {
    for index in records.indices { records[index].time = .unknown }
  }

  private mutating func number(of cell: Cell) -> Int {
    if let known = numbers[cell] { return known }
    kinds.append(Kind())
    numbers[cell] = kinds.count - 1
    return kinds.count - 1
  }

  private mutating func note(_ text: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    for index in 0..<text.count { bytes.append(text[index]) }
    return start..<bytes.count
  }

  private mutating func note(_ text: String) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return start..<bytes.count
  }

  /// Fields of an entry.
  private static let fieldLimit = 128

  /// The first bytes, cut before a character that would be torn.
  @_lifetime(copy bytes)
  private static func cut(_ bytes: Span<UInt8>, _ limit: Int) -> Span<UInt8> {
    var end = min(bytes.count, limit)
    if end < bytes.count {
      while end > 0, end > limit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    }
    return bytes.extracting(0..<end)
  }
}
