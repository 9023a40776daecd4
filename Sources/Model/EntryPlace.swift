internal import Bytes

/// Where an entry stands, for whoever wants to see its bytes: a source and a line, or a journal cursor.
package struct EntryPlace: Sendable {
  /// Index among the run's sources.
  package var source: Int
  /// Physical line, from 1.
  package var line: Int64
  /// Empty where there is none.
  package var cursor: [UInt8]

  package init(source: Int, line: Int64, cursor: [UInt8]) {
    self.source = source
    self.line = line
    self.cursor = cursor
  }

  /// The place of an entry of a batch whose first line is known.
  package init(of entry: Entry, in batch: Batch) {
    self.init(source: batch.source, line: batch.firstLine &+ Int64(entry.line), cursor: [])
    let arenas = batch.arenas
    let bytes = arenas.bytes(entry.cursor)
    for at in 0..<min(bytes.count, 256) { cursor.append(bytes[at]) }
  }
}
