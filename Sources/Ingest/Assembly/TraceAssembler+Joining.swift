import Bytes
import Model

/// Opening, joining and closing entries of several lines.
extension TraceAssembler {
  func opened(
    _ entry: Entry, _ index: Int, stream: UInt64, language: TraceLanguage
  ) -> OpenEntry {
    let end = entry.frame.bounds.upperBound
    return OpenEntry(
      stream: stream, root: index, last: index, byteCount: Int(entry.message.count),
      firstEnd: end, lastEnd: end, time: entry.time, language: language)
  }

  mutating func join(
    _ index: Int, _ entry: Entry, _ line: Span<UInt8>, _ shape: TraceLine,
    to open: inout OpenEntry, _ batch: Batch
  ) {
    link(index, entry, to: &open, batch)
    open.byteCount += Int(entry.message.count) + 1
    open.note(line, shape)
    if open.hasTrace { batch.entries[open.root].flags.insert(.exception) }
  }

  /// Notes the joined text of parts as their first entry's message, and has that decoded.
  mutating func finishParts(
    _ parts: OpenEntry, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if parts.lines > 1 {
      chains.write(parts.root, between: nil, batch)
    }
    batch.entries[parts.root].lineRole = .entry
    reader.decodeParts(parts.root, in: batch)
  }

  mutating func link(
    _ index: Int, _ entry: Entry, to open: inout OpenEntry, _ batch: Batch
  ) {
    chains.link(open.last, to: index, isFirst: open.lines == 1, of: open.root, in: batch)
    open.last = index
    open.lines += 1
    open.lastEnd = entry.frame.bounds.upperBound
    episodeJoin = entry.frame.offset
  }

  /// Whether the limits let an entry be joined; the stamp of a copy may be any, as its own bytes show that it
  /// tells of the same event.
  func fits(
    _ entry: Entry, _ open: OpenEntry, gap: Int, byteLimit: Int = AssemblyLimits.byteCount,
    isCopy: Bool = false
  ) -> Bool {
    guard isWithin(open, entry.frame.offset, gap: gap), open.lines < AssemblyLimits.lines,
      open.byteCount + Int(entry.message.count) < byteLimit
    else { return false }
    guard !isCopy, entry.time.isKnown, open.time.isKnown, entry.format != .docker,
      entry.format != .cri
    else { return true }
    let (apart, overflow) = entry.time.nanoseconds.subtractingReportingOverflow(
      open.time.nanoseconds)
    return !overflow && apart.magnitude <= AssemblyLimits.nanoseconds.magnitude
  }

  func isWithin(_ open: OpenEntry, _ offset: Int, gap: Int) -> Bool {
    (offset - open.firstEnd) * weight <= AssemblyLimits.reach
      && (offset - open.lastEnd) * weight <= gap
  }

  /// Closes what no line from input offset `offset` on can be joined to any more.
  mutating func close(
    before offset: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let isOver =
      (offset - episodeStart) * weight > AssemblyLimits.reach
      || (offset - episodeJoin) * weight > AssemblyLimits.quietReach
    var index = 0
    while index < open.count {
      let entry = open[index]
      if isOver || !isWithin(entry, offset, gap: entry.gap) || entry.lines >= AssemblyLimits.lines {
        open.remove(at: index)
        if entry.language == .parts { finishParts(entry, batch, &reader) }
      } else {
        index += 1
      }
    }
  }
}
