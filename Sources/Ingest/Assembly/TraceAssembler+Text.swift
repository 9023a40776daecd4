import Bytes
import Model

/// Text without streams: any line may go on with the line before it.
extension TraceAssembler {
  mutating func takeText(
    _ index: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let arenas = batch.arenas
    let entry = batch.entries[index]
    let offset = entry.frame.offset
    if !open.isEmpty { close(before: offset, batch, &reader) }
    let isHeaded = entry.hasHeader
    if isHeaded {
      if isPart(index, batch) { return }
      text = opened(entry, index, stream: 0, language: .none)
      return
    }
    let line = arenas.bytes(entry.message)
    let shape = TraceLine.read(line)
    if var previous = text {
      if !previous.hasTrace, previous.lines == 1 {
        let message = arenas.bytes(batch.entries[previous.root].message)
        previous.note(message, TraceLine.read(message))
      }
      let root = batch.entries[previous.root]
      if JoinRule.belongs(
        line, shape, to: previous, isHeaded: root.hasHeader,
        severity: root.severity), fits(entry, previous, gap: AssemblyLimits.reach)
      {
        join(index, entry, line, shape, to: &previous, batch)
        text = previous
        return
      }
    } else if index > 0, let slot = open.firstIndex(where: { $0.last == index - 1 }),
      open[slot].language != .parts
    {
      let root = batch.entries[open[slot].root]
      if JoinRule.belongs(line, shape, to: open[slot], isHeaded: true, severity: root.severity),
        fits(entry, open[slot], gap: open[slot].gap)
      {
        var trace = open[slot]
        join(index, entry, line, shape, to: &trace, batch)
        open[slot] = trace
        return
      }
    }
    var fresh = opened(entry, index, stream: 0, language: .none)
    fresh.note(line, shape)
    text = fresh
  }

  /// A line with a header of its own that says more of the entry before it: PostgreSQL's `DETAIL:`, a copy
  /// of a Swift fatal error. Joins it.
  private mutating func isPart(_ index: Int, _ batch: Batch) -> Bool {
    guard var previous = text, previous.root < index else { return false }
    let arenas = batch.arenas
    let entry = batch.entries[index]
    let root = batch.entries[previous.root]
    let line = arenas.bytes(entry.message)
    let isDetail =
      entry.severity == .unknown && root.severity != .unknown && entry.process == root.process
      && PostgresDetail.isIn(line)
    let isCopy =
      !isDetail && previous.lines == 1 && SwiftTrace.repeats(line, arenas.bytes(root.message))
    guard isDetail || isCopy, fits(entry, previous, gap: AssemblyLimits.reach, isCopy: isCopy)
    else {
      return false
    }
    join(index, entry, line, isCopy ? .opener(.swift) : .indented, to: &previous, batch)
    text = previous
    return true
  }
}
