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
  var open: [OpenEntry] = []
  /// What was found to belong together.
  var chains = EntryChains()
  /// First entry of the traces that are open now.
  var episode = 0
  /// Input offsets where they began, and where a line was last joined to one of them.
  var episodeStart = 0
  var episodeJoin = 0
  /// How many bytes of an ordinary stream a byte of input stands for: a reference into a journal file is
  /// for an entry of some 1 KiB.
  var weight = 1
  /// The last line of text, if more may be joined to it.
  var text: OpenEntry?

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
    weight = batch.framing.frameSize.map { max(1, 1024 / $0) } ?? 1
    var index = 0
    while index < count {
      if open.isEmpty { index = passOrdinary(from: index, batch) }
      guard index < count else { break }
      take(index, batch, &reader)
      index += 1
    }
    let end = batch.arenas.input.count
    if isFinal {
      for entry in open where entry.language == .parts { finishParts(entry, batch, &reader) }
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

  /// Passes over entries that neither open nor continue anything, as long as nothing is open; gives the
  /// first other one.
  @inline(__always)
  mutating func passOrdinary(from start: Int, _ batch: Batch) -> Int {
    let arenas = batch.arenas
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    var index = start
    let count = entries.count
    while index < count {
      if case .partial = entries[index].lineRole { break }
      if entries[index].flags.contains(.cut) { break }
      if entries[index].stream == 0, entries[index].format.isText {
        if !entries[index].hasHeader { break }
        if index > 0, entries[index].severity == .unknown {
          let line = arenas.bytes(entries[index].message)
          if PostgresDetail.isIn(line)
            || SwiftTrace.repeats(line, arenas.bytes(entries[index - 1].message))
          {
            break
          }
        }
      } else if TraceLine.read(arenas.bytes(entries[index].message)).isOpener {
        break
      }
      index += 1
    }
    if index > start {
      let last = entries[index - 1]
      let isText = last.stream == 0 && last.format.isText
      text = isText ? opened(last, index - 1, stream: 0, language: .none) : nil
    }
    swap(&entries, &batch.entries)
    return index
  }

  @inline(__always)
  mutating func take(
    _ index: Int, _ batch: Batch, _ reader: inout FrameReader
  ) {
    if batch.entries[index].flags.contains(.cut) {
      // Its end is lost: nothing is joined to it, and it to nothing.
      text = nil
      for entry in open where entry.language == .parts { finishParts(entry, batch, &reader) }
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
  func shape(_ index: Int, _ batch: Batch) -> TraceLine {
    if batch.entries[index].lineRole == .partial { return .ordinary }
    let arenas = batch.arenas
    let line = arenas.bytes(batch.entries[index].message)
    let shape = TraceLine.read(line)
    if shape.role == .ordinary { return shape }
    if shape.isOpener {
      if let end = line.scan(for: 0x0a), end + 1 < line.count {
        let next = TraceLine.read(line.extracting((end + 1)...))
        if next.role != .ordinary, shape.language.isFault {
          batch.entries[index].flags.insert(.exception)
        }
        return .ordinary
      }
      batch.entries[index].lineRole = .opener
    } else if !open.isEmpty {
      batch.entries[index].lineRole = .continuation
    }
    return shape
  }

  /// Joins what belongs together; see `EntryChains.finish`.
  mutating func finish(_ batch: Batch, before end: Int) -> Int {
    chains.finish(batch, before: end)
  }
}
