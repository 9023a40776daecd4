import Bytes
import Flow
import Model

/// Windows events as XML: frames of their own, or what a message is.
extension FrameReader {
  /// Decodes the Windows event that is a frame; false where it is none.
  mutating func readEvent(
    _ batch: Batch, _ body: Range<Int>, _ line: UInt32, _ checks: FrameChecks
  ) -> Bool {
    var flags = EntryFlags()
    let text = checks.text(body, batch, &flags)
    let frame = ByteRange(body.lowerBound, count: body.count)
    guard json.decodeEvent(batch, text, frame: frame, line: line, names: &names) else {
      return false
    }
    batch.entries[batch.entries.count - 1].flags.formUnion(flags)
    return true
  }

  /// Decodes the Windows event that a message is; what that lacks stays the header's.
  mutating func decodeWholeEvent(in entry: inout Entry, of batch: Batch) {
    let count = batch.entries.count
    guard
      json.decodeEvent(
        batch, entry.message, frame: entry.frame, line: entry.line, names: &names),
      batch.entries.count == count + 1
    else { return }
    let inner = batch.entries.removeLast()
    if entry.format == .plain { entry.format = .winlog }
    let message = inner.message == inner.frame ? entry.message : inner.message
    entry.adopt(inner)
    entry.message = message
    if inner.outcome != .none {
      entry.outcome = inner.outcome
      entry.outcomeSource = inner.outcomeSource
    }
  }

  /// Decodes the Windows event that the message of entry `index`, a JSON object's, is.
  mutating func decodeEventMessage(_ index: Int, in batch: Batch) {
    var entry = batch.entries[index]
    let fieldStart = batch.fields.count
    for field in entry.fieldRange { batch.fields.append(batch.fields[field]) }
    entry.fieldStart = UInt32(truncatingIfNeeded: fieldStart)
    decodeWholeEvent(in: &entry, of: batch)
    entry.countFields(of: batch)
    batch.entries[index] = entry
  }
}
