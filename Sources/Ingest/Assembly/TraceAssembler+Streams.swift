import Bytes
import Model

/// Lines of streams: of a process, or of a container's output.
extension TraceAssembler {
  mutating func takeStreamed(
    _ index: Int, _ shape: TraceLine, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let offset = batch.entries[index].frame.offset
    close(before: offset, batch, &reader)
    let stream = batch.entries[index].stream
    if let slot = open.firstIndex(where: { $0.stream == stream && $0.language == .parts }) {
      guard let completed = takePart(index, slot, batch, &reader) else { return }
      takeWhole(completed, at: index, self.shape(completed, batch), batch, &reader)
    } else if batch.entries[index].lineRole == .partial {
      openStreamed(
        opened(batch.entries[index], index, stream: stream, language: .parts), batch, &reader)
    } else {
      takeWhole(index, at: index, shape, batch, &reader)
    }
  }

  /// Joins a part; gives the entry that is whole now, or nil where more is to come.
  mutating func takePart(
    _ index: Int, _ slot: Int, _ batch: Batch, _ reader: inout FrameReader
  ) -> Int? {
    let entry = batch.entries[index]
    var parts = open[slot]
    guard fits(entry, parts, gap: parts.gap, byteLimit: AssemblyLimits.reach) else {
      open.remove(at: slot)
      finishParts(parts, batch, &reader)
      if entry.lineRole == .partial {
        openStreamed(opened(entry, index, stream: entry.stream, language: .parts), batch, &reader)
        return nil
      }
      return index
    }
    link(index, entry, to: &parts, batch)
    parts.byteCount += Int(entry.message.count)
    if entry.lineRole == .partial {
      open[slot] = parts
      return nil
    }
    open.remove(at: slot)
    finishParts(parts, batch, &reader)
    return parts.root
  }

  /// A whole line of a stream: continues the stream's trace, or closes it and may open one.
  mutating func takeWhole(
    _ index: Int, at position: Int, _ shape: TraceLine, _ batch: Batch,
    _ reader: inout FrameReader
  ) {
    let arenas = batch.arenas
    let entry = batch.entries[index]
    let line = arenas.bytes(entry.message)
    let stream = entry.stream
    if let slot = open.firstIndex(where: { $0.stream == stream && $0.language != .parts }) {
      let root = batch.entries[open[slot].root]
      let isCopy = open[slot].lines == 1 && SwiftTrace.repeats(line, arenas.bytes(root.message))
      if isCopy
        || JoinRule.belongs(line, shape, to: open[slot], isHeaded: false, severity: root.severity),
        fits(entry, open[slot], gap: open[slot].gap)
      {
        var trace = open[slot]
        join(index, entry, line, shape, to: &trace, batch)
        open[slot] = trace
        return
      }
      open.remove(at: slot)
    }
    guard shape.isOpener else { return }
    var fresh = opened(entry, index, stream: stream, language: .none)
    fresh.note(line, shape)
    fresh.lastEnd = batch.entries[position].frame.bounds.upperBound
    openStreamed(fresh, batch, &reader)
  }

  mutating func openStreamed(
    _ entry: OpenEntry, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if open.isEmpty {
      episode = entry.root
      episodeStart = batch.entries[entry.root].frame.offset
      episodeJoin = episodeStart
    }
    if open.count >= AssemblyLimits.open {
      let oldest = open.removeFirst()
      if oldest.language == .parts { finishParts(oldest, batch, &reader) }
    }
    open.append(entry)
  }
}
