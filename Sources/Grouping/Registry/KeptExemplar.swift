internal import Bytes
internal import Model

/// An entry of a group, copied before its batch is reused.
struct KeptExemplar {
  var at = Timestamp.unknown
  var message: [UInt8] = []
  var place = EntryPlace(source: 0, line: 0, cursor: [])

  /// Takes the entry's message, cut at `limit` bytes before a character that would be torn.
  mutating func take(_ entry: Entry, in batch: Batch, limit: Int) {
    at = entry.time
    place.source = batch.source
    place.line = batch.firstLine &+ Int64(entry.line)
    let arenas = batch.arenas
    Self.copy(arenas.bytes(entry.message), limit, to: &message)
    Self.copy(arenas.bytes(entry.cursor), 256, to: &place.cursor)
  }

  private static func copy(_ bytes: Span<UInt8>, _ limit: Int, to out: inout [UInt8]) {
    var end = min(bytes.count, limit)
    if end < bytes.count {
      while end > 0, end > limit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    }
    out.replaceAll(with: bytes.extracting(0..<end))
  }
}
