internal import Bytes
internal import Model

/// The exemplars of all shapes: rows that are chained by shape, their bytes in a pool.
///
/// - Limits: three a shape, the first two and the last; 1 KiB of a message and 256 bytes of a cursor each.
struct ExemplarStore {
  static let perShape = 3
  private static let cursorLimit = 256

  private struct Row {
    var at = Timestamp.unknown
    var line: Int64 = 0
    var source: Int32 = 0
    /// The next of the same shape, or -1.
    var next: Int32 = -1
    /// The message's bytes and behind them the cursor's.
    var text = BytePool.Place()
    var messageCount: UInt16 = 0
  }

  private var rows: [Row] = []
  private var pool = BytePool()

  /// How many there are of the shape with this first row, and the last of them.
  func tail(of first: Int32) -> (count: Int, last: Int32) {
    var (count, last) = (1, first)
    while rows[Int(last)].next >= 0 {
      last = rows[Int(last)].next
      count += 1
    }
    return (count, last)
  }

  /// Bytes of a row's message.
  func byteCount(of row: Int32) -> Int { Int(rows[Int(row)].messageCount) }

  /// A row without a message, as the first of a shape or behind its last.
  mutating func add(behind last: Int32 = -1) -> Int32 {
    let row = Int32(rows.count)
    rows.appendTightly(Row())
    if last >= 0 { rows[Int(last)].next = row }
    return row
  }

  /// Puts an entry into a row; `limit` cuts its message.
  mutating func put(_ entry: Entry, in batch: Batch, limit: Int, at row: Int32) {
    let index = Int(row)
    rows[index].at = entry.time
    rows[index].line = batch.firstLine &+ Int64(entry.line)
    rows[index].source = Int32(truncatingIfNeeded: batch.source)
    let arenas = batch.arenas
    let message = Self.cut(arenas.bytes(entry.message), limit)
    let cursor = Self.cut(arenas.bytes(entry.cursor), Self.cursorLimit)
    pool.replace(&rows[index].text, with: message, cursor)
    rows[index].messageCount = UInt16(message.count)
  }

  /// The bytes up to `limit`, before a character that would be torn.
  @_lifetime(copy bytes)
  private static func cut(_ bytes: Span<UInt8>, _ limit: Int) -> Span<UInt8> {
    var end = min(bytes.count, limit)
    if end < bytes.count {
      while end > 0, end > limit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    }
    return bytes.extracting(0..<end)
  }

  /// Those of the shape with this first row, none for -1, in the order in which they came.
  func exemplars(from first: Int32) -> [KeptExemplar] {
    var kept: [KeptExemplar] = []
    var at = first
    while at >= 0 {
      let row = rows[Int(at)]
      let text = pool.bytes(row.text)
      let count = Int(row.messageCount)
      kept.append(
        KeptExemplar(
          at: row.at, message: Array(text[..<count]),
          place: EntryPlace(
            source: Int(row.source), line: row.line, cursor: Array(text[count...]))))
      at = row.next
    }
    return kept
  }
}
