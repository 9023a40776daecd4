internal import Bytes
internal import Model

/// Writes entries into blocks, each with the names, the shapes and the kinds of entries that it uses.
struct PartialWriter: ~Copyable {
  /// Bytes of entries after which a block is ended.
  private static let blockSize = 512 << 10

  private var output = ByteBuffer(capacity: 64 << 10)
  private var entries = ByteBuffer(capacity: 64 << 10)
  private var entryCount = 0
  private var lastTime: Int64 = 0
  private var names = ByteBuffer()
  private var nameNumbers: [String: UInt64] = [:]
  private var shapes = ByteBuffer()
  private var shapeNumbers: [Int: UInt64] = [:]
  private var likes = ByteBuffer()
  private var likeNumbers: [Cell: UInt64] = [:]
  private var contextNumbers: [UInt64: UInt64] = [:]
  /// Those that appear later share the last one's number.
  private let lastSource: Int

  init(_ settings: PartialSettings) {
    lastSource = max(settings.sourceCount, 1) - 1
    output.write(PartialLayout.magic)
    Self.write(UInt64(PartialLayout.version), count: 4, to: &output)
    var payload = ByteBuffer()
    settings.write(to: &payload)
    Self.writeBlock(.settings, payload, to: &output)
  }

  var hasOutput: Bool { !output.isEmpty }

  mutating func drain(_ body: (Span<UInt8>) -> Void) {
    body(output.span)
    output.removeAll()
  }

  mutating func write(_ minute: HeldMinute, _ source: some PartialNames) {
    for record in minute.records { write(record, of: minute, source) }
  }

  /// Writes one of a minute's entries.
  mutating func write(_ record: HeldRecord, of minute: HeldMinute, _ source: some PartialNames) {
    entryCount += 1
    let index = Int(record.index)
    let like = record.isLike ? number(ofLike: minute.likes[index], source) : 0
    entries.write(
      number: like << 2 | (record.context != 0 ? 2 : 0) | (record.time.isKnown ? 1 : 0))
    if record.time.isKnown {
      entries.write(signed: record.time.nanoseconds &- lastTime)
      lastTime = record.time.nanoseconds
    }
    if record.context != 0 { write(context: record.context) }
    if !record.isLike { write(minute.entries[index], of: minute, source) }
    if entries.count + names.count + shapes.count + likes.count > Self.blockSize
      || entryCount >= PartialLayout.entryLimit
    {
      endBlock()
    }
  }

  mutating func finish(_ books: PartialBooks) {
    endBlock()
    var payload = ByteBuffer()
    books.write(to: &payload)
    Self.writeBlock(.books, payload, to: &output)
  }

  private mutating func write(
    _ entry: HeldEntry, of minute: HeldMinute, _ source: some PartialNames
  ) {
    let code = code(of: entry, source)
    entries.write(code)
    entries.write(entry.isEcho ? 1 : 0)
    entries.write(counted: minute.bytes.span.extracting(entry.message))
    entries.write(counted: minute.bytes.span.extracting(entry.place))
    entries.write(number: UInt64(entry.fields.count))
    for field in minute.fields[entry.fields] { write(field, of: minute, source) }
    entries.write(number: UInt64(entry.rules.count))
    for match in minute.rules[entry.rules] {
      entries.write(number: UInt64(match.rule) << 1 | (match.gaveUp ? 1 : 0))
    }
  }

  /// What an entry is, whenever it came and whatever it says.
  private mutating func code(of entry: HeldEntry, _ source: some PartialNames) -> ByteBuffer {
    var code = ByteBuffer(capacity: 64)
    code.write(number: UInt64(entry.weight))
    code.write(number: number(ofShape: entry.shape, source))
    for symbol in [entry.service, entry.host, entry.program] {
      code.write(number: symbol.isNone ? 0 : number(of: source.name(of: symbol)))
    }
    code.write(number: UInt64(entry.boot))
    code.write(signed: Int64(entry.process))
    code.write(
      number: entry.pattern == 0 ? 0 : number(of: source.id(ofPattern: Int(entry.pattern))))
    code.write(number: UInt64(entry.flags.rawValue))
    code.write(number: UInt64(min(Int(entry.source), lastSource)))
    code.write(counted: entry.status == 0 ? "" : String(entry.status))
    for raw in [
      entry.severity.rawValue, entry.category.rawValue, entry.outcome.rawValue,
      entry.signal.rawValue, entry.format.rawValue, entry.timeSource.rawValue,
    ] {
      code.write(raw)
    }
    return code
  }

  /// A correlation id: its number in the block, from 1, or 0 and the id itself where it is its first time.
  private mutating func write(context: UInt64) {
    if let known = contextNumbers[context] { return entries.write(number: known) }
    contextNumbers[context] = UInt64(contextNumbers.count + 1)
    entries.write(0)
    Self.write(context, count: 8, to: &entries)
  }

  /// The number of what entries are like in the block, from 1.
  private mutating func number(ofLike entry: HeldEntry, _ source: some PartialNames) -> UInt64 {
    let cell = Cell(entry)
    if let known = likeNumbers[cell] { return known }
    let code = code(of: entry, source)
    likes.write(code)
    let number = UInt64(likeNumbers.count + 1)
    likeNumbers[cell] = number
    return number
  }

  private mutating func write(
    _ field: HeldField, of minute: HeldMinute, _ source: some PartialNames
  ) {
    let name =
      field.name.number == 0
      ? String(minute.bytes.span.extracting(field.spelling)) : source.name(of: field.name)
    entries.write(number: number(of: name))
    entries.write(field.kind.rawValue << 1 | (field.isCapture ? 1 : 0))
    entries.write(counted: minute.bytes.span.extracting(field.value))
  }

  /// The number of a name in the block, from 1.
  private mutating func number(of name: String) -> UInt64 {
    if let known = nameNumbers[name] { return known }
    names.write(counted: name)
    let number = UInt64(nameNumbers.count + 1)
    nameNumbers[name] = number
    return number
  }

  /// The number of a shape in the block, from 1.
  private mutating func number(ofShape shape: Int, _ source: some PartialNames) -> UInt64 {
    if let known = shapeNumbers[shape] { return known }
    let (text, kind) = source.shape(shape)
    shapes.write(kind.rawValue)
    shapes.write(counted: text.span)
    let number = UInt64(shapeNumbers.count + 1)
    shapeNumbers[shape] = number
    return number
  }

  private mutating func endBlock() {
    guard entryCount > 0 else { return }
    var payload = ByteBuffer(
      capacity: entries.count + names.count + shapes.count + likes.count + 64)
    payload.write(number: UInt64(nameNumbers.count))
    payload.write(names)
    payload.write(number: UInt64(shapeNumbers.count))
    payload.write(shapes)
    payload.write(number: UInt64(likeNumbers.count))
    payload.write(likes)
    payload.write(number: UInt64(entryCount))
    payload.write(entries)
    Self.writeBlock(.entries, payload, to: &output)
    entries.removeAll()
    names.removeAll()
    shapes.removeAll()
    likes.removeAll()
    likeNumbers.removeAll(keepingCapacity: true)
    contextNumbers.removeAll(keepingCapacity: true)
    nameNumbers.removeAll(keepingCapacity: true)
    shapeNumbers.removeAll(keepingCapacity: true)
    entryCount = 0
    lastTime = 0
  }

  private static func writeBlock(
    _ kind: PartialLayout.BlockKind, _ payload: borrowing ByteBuffer, to out: inout ByteBuffer
  ) {
    out.write(kind.rawValue)
    write(UInt64(payload.count), count: 4, to: &out)
    write(StableHash(payload.span).high, count: 8, to: &out)
    out.write(payload)
  }

  private static func write(_ number: UInt64, count: Int, to out: inout ByteBuffer) {
    for index in 0..<count { out.write(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
  }
}
