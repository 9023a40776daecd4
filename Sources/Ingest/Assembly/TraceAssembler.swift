import Bytes
import Model

/// Joins lines that belong together to one entry: stack traces, indented lines, parts of cut lines.
///
/// Runs over a batch's decoded entries in order. Two kinds of lines may be continued: the last line of
/// text without streams, by lines without a header of their own; and in each stream (a process, a
/// container's output) an entry that opens a trace, by lines of that stream.
///
/// - Invariant: what is open when the content ends is undecided, from the first line of the earliest
///   one on. Traces that overlap form one episode, which is undecided as a whole; an episode is closed
///   by force after 1 MiB, so that at most so much and a frame is carried over.
struct TraceAssembler {
  private var open: [OpenEntry] = []
  /// What was found to belong together.
  private(set) var chains = EntryChains()
  /// First entry of the traces that are open now.
  private var episode = 0
  /// Input offsets where they began, and where a line was last joined to one of them.
  private var episodeStart = 0
  private var episodeJoin = 0
  /// The last line of text, if more may be joined to it.
  private var text: OpenEntry?

  init() {
    open.reserveCapacity(AssemblyLimits.open)
  }

  /// Finds what belongs together in the batch, and gives the first entry that isn't decided (their
  /// count where all are).
  ///
  /// - Parameters:
  ///   - isFinal: nothing comes behind the content.
  ///   - reader: decodes the joined text of cut lines.
  mutating func assemble(_ batch: Batch, isFinal: Bool, _ reader: inout FrameReader) -> Int {
    let count = batch.entries.count
    open.removeAll(keepingCapacity: true)
    chains.removeAll()
    text = nil
    var index = 0
    while index < count {
      if open.isEmpty { index = passOrdinary(from: index, batch) }
      guard index < count else { break }
      take(index, batch, &reader)
      index += 1
    }
    let end = batch.arenas.input.count
    if isFinal {
      for entry in open where entry.kind == .parts { finishParts(entry, batch, &reader) }
      open.removeAll(keepingCapacity: true)
      return count
    }
    close(before: end, batch, &reader)
    var undecided = count
    if !open.isEmpty { undecided = episode }
    if let text, isWithin(text, end, gap: AssemblyLimits.reach),
      text.lines < AssemblyLimits.lines
    {
      undecided = min(undecided, text.root)
    }
    return undecided
  }

  // MARK: one entry

  /// Passes over entries that neither open nor continue anything, as long as nothing is open; gives the
  /// first other one.
  @inline(__always)
  private mutating func passOrdinary(from start: Int, _ batch: Batch) -> Int {
    let arenas = batch.arenas
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    var index = start
    let count = entries.count
    while index < count {
      if entries[index].flags.contains(.cut) || entries[index].lineRole == .partial { break }
      if entries[index].stream == 0, entries[index].format.isText {
        if !entries[index].hasHeader { break }
      } else if TraceLine.read(arenas.bytes(entries[index].message)).isOpener {
        break
      }
      index += 1
    }
    if index > start {
      let last = entries[index - 1]
      let isText = last.stream == 0 && last.format.isText
      text = isText ? opened(last, index - 1, stream: 0, kind: .text) : nil
    }
    swap(&entries, &batch.entries)
    return index
  }

  @inline(__always)
  private mutating func take(
    _ index: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if batch.entries[index].flags.contains(.cut) {
      // Its end is lost: nothing is joined to it, and it to nothing.
      text = nil
      for entry in open where entry.kind == .parts { finishParts(entry, batch, &reader) }
      open.removeAll(keepingCapacity: true)
      return
    }
    let stream = batch.entries[index].stream
    if stream == 0, batch.entries[index].format.isText {
      takeText(index, batch, &reader)
    } else {
      text = nil
      let shape = self.shape(index, batch)
      if open.isEmpty, batch.entries[index].lineRole == .entry { return }
      takeStreamed(index, shape, batch, &reader)
    }
  }

  /// The shape of a stream's line, noted as its role. A message that holds a whole trace is closed.
  @inline(__always)
  private func shape(_ index: Int, _ batch: Batch) -> TraceLine {
    if batch.entries[index].lineRole == .partial { return .ordinary }
    let arenas = batch.arenas
    let line = arenas.bytes(batch.entries[index].message)
    let shape = TraceLine.read(line)
    if shape == .ordinary { return shape }
    if shape.isOpener {
      if let end = line.scan(for: 0x0a), end + 1 < line.count {
        let next = TraceLine.read(line.extracting((end + 1)...))
        if next != .ordinary { batch.entries[index].flags.insert(.exception) }
        return .ordinary
      }
      batch.entries[index].lineRole = .opener
    } else if !open.isEmpty {
      batch.entries[index].lineRole = .continuation
    }
    return shape
  }

  // MARK: text without streams

  private mutating func takeText(
    _ index: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let arenas = batch.arenas
    let entry = batch.entries[index]
    let offset = entry.frame.offset
    if !open.isEmpty { close(before: offset, batch, &reader) }
    let isHeaded = entry.hasHeader
    if isHeaded {
      text = opened(entry, index, stream: 0, kind: .text)
      return
    }
    let line = arenas.bytes(entry.message)
    let shape = TraceLine.read(line)
    if var previous = text {
      if !previous.hasTrace, previous.lines == 1 {
        note(TraceLine.read(arenas.bytes(batch.entries[previous.root].message)), in: &previous)
        let message = arenas.bytes(batch.entries[previous.root].message)
        previous.expectsMore = previous.hasTrace && endsInColon(message)
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
      open[slot].kind != .parts
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
    var fresh = opened(entry, index, stream: 0, kind: .text)
    note(shape, in: &fresh)
    fresh.expectsMore = fresh.hasTrace && endsInColon(line)
    text = fresh
  }

  // MARK: lines of streams

  private mutating func takeStreamed(
    _ index: Int, _ shape: TraceLine, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let offset = batch.entries[index].frame.offset
    close(before: offset, batch, &reader)
    let stream = batch.entries[index].stream
    if let slot = open.firstIndex(where: { $0.stream == stream && $0.kind == .parts }) {
      guard let completed = takePart(index, slot, batch, &reader) else { return }
      takeWhole(completed, at: index, self.shape(completed, batch), batch, &reader)
    } else if batch.entries[index].lineRole == .partial {
      openStreamed(
        opened(batch.entries[index], index, stream: stream, kind: .parts), batch, &reader)
    } else {
      takeWhole(index, at: index, shape, batch, &reader)
    }
  }

  /// Joins a part; gives the entry that is whole now, or nil where more is to come.
  private mutating func takePart(
    _ index: Int, _ slot: Int, _ batch: Batch, _ reader: inout FrameReader
  ) -> Int? {
    let entry = batch.entries[index]
    var parts = open[slot]
    guard fits(entry, parts, gap: parts.gap, byteLimit: AssemblyLimits.reach) else {
      open.remove(at: slot)
      finishParts(parts, batch, &reader)
      if entry.lineRole == .partial {
        openStreamed(opened(entry, index, stream: entry.stream, kind: .parts), batch, &reader)
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
  private mutating func takeWhole(
    _ index: Int, at position: Int, _ shape: TraceLine, _ batch: Batch,
    _ reader: inout FrameReader
  ) {
    let arenas = batch.arenas
    let entry = batch.entries[index]
    let line = arenas.bytes(entry.message)
    let stream = entry.stream
    if let slot = open.firstIndex(where: { $0.stream == stream && $0.kind != .parts }) {
      let root = batch.entries[open[slot].root]
      if JoinRule.belongs(line, shape, to: open[slot], isHeaded: false, severity: root.severity),
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
    var fresh = opened(entry, index, stream: stream, kind: .text)
    note(shape, in: &fresh)
    fresh.expectsMore = endsInColon(line)
    fresh.lastEnd = batch.entries[position].frame.bounds.upperBound
    openStreamed(fresh, batch, &reader)
  }

  private mutating func openStreamed(
    _ entry: OpenEntry, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if open.isEmpty {
      episode = entry.root
      episodeStart = batch.entries[entry.root].frame.offset
      episodeJoin = episodeStart
    }
    if open.count >= AssemblyLimits.open {
      let oldest = open.removeFirst()
      if oldest.kind == .parts { finishParts(oldest, batch, &reader) }
    }
    open.append(entry)
  }

  // MARK: opening, joining, closing

  private func opened(
    _ entry: Entry, _ index: Int, stream: UInt64, kind: OpenEntry.Kind
  ) -> OpenEntry {
    let end = entry.frame.bounds.upperBound
    return OpenEntry(
      stream: stream, root: index, last: index, byteCount: Int(entry.message.count),
      firstEnd: end, lastEnd: end, time: entry.time, kind: kind)
  }

  /// Notes what a line that opens or goes on says about the trace.
  private func note(_ shape: TraceLine, in open: inout OpenEntry) {
    switch shape {
    case .opener, .part:
      open.hasTrace = true
      if open.kind == .text { open.kind = .trace }
      if open.kind == .python, shape == .opener { open.kind = .trace }
    case .pythonOpener:
      open.hasTrace = true
      open.kind = .python
      open.hasFrames = false
    case .goOpener:
      open.hasTrace = true
      open.kind = .go
    case .swiftOpener:
      open.hasTrace = true
      open.kind = .swift
    case .dartOpener:
      open.hasTrace = true
      open.kind = .dart
    case .indented: if open.kind == .python { open.hasFrames = true }
    case .ordinary:
      if open.kind == .python, open.hasFrames { open.kind = .trace }
    case .weakPart: if open.kind == .dart { open.hasFrames = true }
    }
  }

  private mutating func join(
    _ index: Int, _ entry: Entry, _ line: Span<UInt8>, _ shape: TraceLine,
    to open: inout OpenEntry, _ batch: Batch
  ) {
    link(index, entry, to: &open, batch)
    open.byteCount += Int(entry.message.count) + 1
    note(shape, in: &open)
    if shape == .indented, !open.hasTrace, TraceLine.isFrame(line) {
      open.hasTrace = true
      open.kind = .trace
    }
    if open.hasTrace { batch.entries[open.root].flags.insert(.exception) }
    open.expectsMore = open.hasTrace && shape != .indented && endsInColon(line)
  }

  /// Notes the joined text of parts as their first entry's message, and has that decoded.
  private mutating func finishParts(
    _ parts: OpenEntry, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if parts.lines > 1 {
      chains.write(parts.root, between: nil, batch)
    }
    batch.entries[parts.root].lineRole = .entry
    reader.decodeParts(parts.root, in: batch)
  }

  private mutating func link(
    _ index: Int, _ entry: Entry, to open: inout OpenEntry, _ batch: Batch
  ) {
    chains.link(open.last, to: index, isFirst: open.lines == 1, of: open.root, in: batch)
    open.last = index
    open.lines += 1
    open.lastEnd = entry.frame.bounds.upperBound
    episodeJoin = entry.frame.offset
  }

  private func endsInColon(_ line: Span<UInt8>) -> Bool {
    line.count > 0 && line[line.count - 1] == 0x3a
  }

  private func fits(
    _ entry: Entry, _ open: OpenEntry, gap: Int, byteLimit: Int = AssemblyLimits.byteCount
  ) -> Bool {
    guard isWithin(open, entry.frame.offset, gap: gap), open.lines < AssemblyLimits.lines,
      open.byteCount + Int(entry.message.count) < byteLimit
    else { return false }
    guard entry.time.isKnown, open.time.isKnown, entry.format != .docker, entry.format != .cri
    else { return true }
    let (apart, overflow) = entry.time.nanoseconds.subtractingReportingOverflow(
      open.time.nanoseconds)
    return !overflow && apart.magnitude <= AssemblyLimits.nanoseconds.magnitude
  }

  private func isWithin(_ open: OpenEntry, _ offset: Int, gap: Int) -> Bool {
    offset - open.firstEnd <= AssemblyLimits.reach && offset - open.lastEnd <= gap
  }

  /// Closes what no line from input offset `offset` on can be joined to any more.
  private mutating func close(
    before offset: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    let isOver =
      offset - episodeStart > AssemblyLimits.reach
      || offset - episodeJoin > AssemblyLimits.quietReach
    var index = 0
    while index < open.count {
      let entry = open[index]
      if isOver || !isWithin(entry, offset, gap: entry.gap) || entry.lines >= AssemblyLimits.lines {
        open.remove(at: index)
        if entry.kind == .parts { finishParts(entry, batch, &reader) }
      } else {
        index += 1
      }
    }
  }

  /// Joins what belongs together; see `EntryChains.finish`.
  mutating func finish(_ batch: Batch, before end: Int) -> Int {
    chains.finish(batch, before: end)
  }
}
