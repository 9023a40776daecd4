package import Bytes
package import Model

/// Cuts what was read of a file at a frame's end and keeps the rest for the next batch.
///
/// Use for each batch: `begin`, then `look` after each read, until it `isOverlong` or there is enough;
/// then `cut`, or `keepAll` where nothing is to be handed over yet.
/// - Invariant: which frames come out, and what of an overlong frame, doesn't depend on how the bytes
///   were divided among the reads.
/// - Limits: holds at most one batch's input. A frame over `limit` bytes is cut there (for UTF-8 in front
///   of the character) and ends its batch; the rest is passed over, and counted in its offset.
package struct FrameCutter {
  /// How the source is framed; nil as long as too little of it was read.
  package private(set) var framing: Framing?
  /// Offset in the file of the input's first byte.
  package private(set) var position: Int64 = 0
  /// Files that began with the byte order mark of UTF-16, whose text is not understood.
  package private(set) var wideFiles = 0
  /// Longest frame; no more than a batch's input holds.
  package private(set) var limit: Int

  /// Behind the last whole frame of the input.
  private var boundary = 0
  /// No delimiter stands between `boundary` and here.
  private var looked = 0
  private var skip = FrameSkip.none
  private let choice: FramingChoice
  private var isAtFileStart = true
  /// What names the columns of the next frame, where a header does.
  private var columns: [UInt8] = []
  /// What stands behind the last batch's frames; made when it is needed first.
  private var kept: Arena?

  package init(limit: Int, framing: FramingChoice = .told) {
    self.limit = max(16, min(limit, 32 << 20))
    choice = framing
  }

  package var hasWholeFrame: Bool { boundary > 0 }

  /// Bytes wait for the next batch.
  package var hasKept: Bool { keptCount > 0 }

  /// Bytes behind a frame that it takes to tell that it ends there.
  private var lookahead: Int { framing == .xmlEvents ? XMLEventFrame.lookahead : 0 }

  private var keptCount: Int { kept?.count ?? 0 }

  package func isOverlong(_ input: Arena) -> Bool {
    skip == .none && framing != nil && input.count - boundary > limit + 1 + lookahead
  }

  /// How many bytes to read at most, for a batch of `target` bytes.
  package func wanted(_ input: Arena, target: Int) -> Int {
    let room = target - input.count
    return room > 0 ? room : max(1, min(target, boundary + limit + 2 - input.count))
  }

  /// Puts what was kept in front of an empty input.
  package mutating func begin(_ input: Arena) {
    limit = min(limit, input.capacity - 2 * Arena.padding)
    guard let kept else { return }
    input.append(kept.span)
    kept.truncate(to: 0)
  }

  /// Begins the next file of the source; what was kept of the one before is forgotten.
  package mutating func beginFile() {
    kept?.truncate(to: 0)
    position = 0
    boundary = 0
    looked = 0
    skip = .none
    columns = []
    isAtFileStart = true
  }

  /// Looks at what has come.
  package mutating func look(_ input: Arena, atEnd: Bool) {
    if isAtFileStart {
      guard let mark = FramingSniffer.mark(input.span, atEnd: atEnd) else { return }
      isAtFileStart = false
      switch mark {
      case .none: break
      case .utf8: drop(3, input)
      case .utf16: wideFiles += 1
      }
    }
    if skip != .none {
      drop(skip.take(input.span), input)
      if skip != .none {
        if atEnd { drop(input.count, input) }
        return
      }
    }
    if framing == nil { framing = choice.framing(of: input.span, atEnd: atEnd) }
    guard let framing else { return }
    advance(input.span, framing)
  }

  private mutating func advance(_ bytes: Span<UInt8>, _ framing: Framing) {
    switch framing {
    case .lines, .columns, .nul:
      let new = bytes.extracting(looked..<bytes.count)
      if let last = new.scanLast(for: framing == .nul ? 0 : 0x0a) { boundary = looked + last + 1 }
      looked = bytes.count
    case .octetCounted, .journalExport, .jsonSequence, .jsonObjects, .csv, .xmlEvents,
      .journalEntries:
      while let frame = FrameWalk.next(framing, bytes, from: boundary, atEnd: false) {
        boundary = frame.next
      }
    }
  }

  private mutating func drop(_ count: Int, _ input: Arena) {
    input.dropFirst(count)
    position += Int64(count)
  }

  /// Keeps the whole input until more has come.
  package mutating func keepAll(_ input: Arena) {
    keep(input, from: 0)
    input.truncate(to: 0)
  }

  /// Hands over the whole frames, or at the file's end all that is there.
  package mutating func cut(_ batch: Batch, atEnd: Bool) {
    let input = batch.arenas.input
    let framing = framing ?? .lines
    batch.framing = framing
    batch.offset = position
    batch.columns = columns
    let endsCut = atEnd && close(input, framing)
    if let (start, next) = overlong(input.span, framing) {
      cutFrame(batch, framing, from: start, to: next)
    } else {
      if endsCut { noteCut(batch) }
      hand(input, through: boundary, rest: boundary)
    }
    if framing == .csv || framing == .columns { learnColumns(input.span, framing) }
  }

  /// Notes what the frames handed over say of the columns of those behind them.
  private mutating func learnColumns(_ bytes: Span<UInt8>, _ framing: Framing) {
    if framing == .csv, !columns.isEmpty { return }
    var at = 0
    while let frame = FrameWalk.next(framing, bytes, from: at, atEnd: true) {
      if frame.kind == .body,
        framing == .csv || ColumnNames.isDirective(bytes.extracting(frame.body))
      {
        columns.removeAll(keepingCapacity: true)
        for index in frame.body { columns.append(bytes[index]) }
        if framing == .csv { return }
      }
      at = frame.next
    }
  }

  /// Makes what stands behind the last whole frame a frame; true where its own end is missing.
  private mutating func close(_ input: Arena, _ framing: Framing) -> Bool {
    guard input.count > boundary else { return false }
    var at = boundary
    var isCut = false
    switch framing {
    case .lines, .columns: input.append(0x0a)
    case .nul: input.append(0)
    case .octetCounted, .journalExport, .jsonSequence, .jsonObjects, .csv, .xmlEvents,
      .journalEntries:
      while let frame = FrameWalk.next(framing, input.span, from: at, atEnd: true) {
        isCut = frame.kind == .cut
        at = frame.next
      }
    }
    boundary = input.count
    return isCut
  }

  /// The first frame over the limit, and where it ends if that is known.
  private func overlong(
    _ bytes: Span<UInt8>, _ framing: Framing
  ) -> (start: Int, next: Int?)? {
    guard bytes.count > limit + 1 else { return nil }
    var at = 0
    while at < boundary {
      let frame = FrameWalk.next(framing, bytes, from: at, atEnd: true)
      let next = frame?.next ?? boundary
      if next - at > limit + 1 { return (at, next) }
      at = next
    }
    return bytes.count - boundary > limit + 1 + lookahead ? (boundary, nil) : nil
  }

  private mutating func cutFrame(
    _ batch: Batch, _ framing: Framing, from start: Int, to next: Int?
  ) {
    let input = batch.arenas.input
    let bytes = input.span
    var end = start + limit
    for back in 0...3 where bytes[end - back] & 0xc0 != 0x80 {
      end -= back
      break
    }
    skip = FrameSkip.behind(framing, bytes, from: start, cut: &end)
    let rest: Int
    if let next,
      framing == .lines || framing == .columns || framing == .nul || framing == .octetCounted
    {
      skip = .none
      rest = next
    } else {
      rest = end
    }
    noteCut(batch)
    hand(input, through: end, rest: rest)
    if framing == .lines || framing == .columns { input.append(0x0a) }
    if framing == .nul { input.append(0) }
  }

  private mutating func keep(_ input: Arena, from start: Int) {
    let count = input.count - start
    guard count > 0 else { return }
    let store: Arena
    if let kept, kept.capacity >= count {
      store = kept
    } else {
      store = Arena(capacity: input.capacity)
      kept = store
    }
    store.append(input.bytes(start, count: count))
  }

  private func noteCut(_ batch: Batch) {
    batch.frames.cut += 1
    batch.endsCut = true
  }

  private mutating func hand(_ input: Arena, through end: Int, rest: Int) {
    keep(input, from: rest)
    input.truncate(to: end)
    position += Int64(rest)
    boundary = 0
    looked = 0
  }
}
