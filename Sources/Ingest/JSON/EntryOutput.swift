internal import Bytes
internal import Model

/// What a run of frames appends to its batch, held apart while it grows.
struct EntryOutput: ~Copyable {
  var entries: [Entry]
  var fields: [Field]
  var frames = FrameCounts()

  /// Takes the batch's rows; `giveBack` returns them.
  init(taking batch: Batch) {
    entries = batch.entries
    batch.entries = []
    fields = batch.fields
    batch.fields = []
  }

  consuming func giveBack(to batch: Batch) {
    batch.entries = entries
    batch.fields = fields
    batch.frames.read += frames.read
    batch.frames.expanded += frames.expanded
    batch.frames.blank += frames.blank
    batch.frames.unparsed += frames.unparsed
    batch.frames.lines += frames.lines
    batch.frames.cut += frames.cut
    batch.frames.withheld += frames.withheld
    batch.frames.repaired += frames.repaired
    batch.frames.damaged += frames.damaged
  }

  /// Appends an entry whose fields are those appended since `fieldStart`.
  @inline(__always)
  mutating func append(_ entry: Entry, fieldStart: Int) {
    var entry = entry
    entry.fieldStart = UInt32(truncatingIfNeeded: fieldStart)
    entry.fieldCount = UInt16(truncatingIfNeeded: min(fields.count - fieldStart, 65_535))
    entries.append(entry)
  }
}
