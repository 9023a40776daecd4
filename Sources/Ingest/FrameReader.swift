import Bytes
import Flow
import Model

/// Divides a batch's input into frames and decodes each into entries, without looking at others.
struct FrameReader: ~Copyable {
  private let settings: DecodingSettings
  private var names = NameTable()
  private var text: TextDecoder
  /// Where each entry's frame starts, for framings in which the body doesn't.
  private var frameStarts: [Int] = []

  init(_ settings: DecodingSettings) {
    self.settings = settings
    text = TextDecoder(settings)
  }

  /// To be called before a batch is read.
  mutating func begin(_ batch: Batch) {
    names.beginBatch(batch)
    if batch.restartsNames { text.forgetNames() }
  }

  /// Input offset at which the frame of entry `index` starts.
  func frameStart(of index: Int, _ batch: Batch) -> Int {
    guard batch.framing != .lines, index < frameStarts.count else {
      return batch.entries[index].frame.offset
    }
    return frameStarts[index]
  }

  /// Decodes entry `index` anew, whose message was joined from the parts of a cut line.
  mutating func decodeParts(_ index: Int, in batch: Batch) {
    var entry = batch.entries[index]
    let fieldStart = batch.fields.count
    for field in entry.fieldRange { batch.fields.append(batch.fields[field]) }
    entry.fieldStart = UInt32(truncatingIfNeeded: fieldStart)
    let arenas = batch.arenas
    let message = entry.message
    if entry.format == .cri, !message.isEmpty {
      text.decodeInner(
        FrameText(arenas.bytes(message), start: message.start), into: &entry, in: batch,
        names: &names)
    }
    entry.fieldCount = UInt16(
      truncatingIfNeeded: min(batch.fields.count - fieldStart, Int(UInt16.max)))
    batch.entries[index] = entry
  }

  /// Appends the entries and counts of the frames from `start` on.
  mutating func read(_ batch: Batch, from start: Int) {
    frameStarts.removeAll(keepingCapacity: true)
    if batch.framing == .lines {
      readLines(batch, from: start)
    } else {
      readFrames(batch, from: start)
    }
  }

  private mutating func readLines(_ batch: Batch, from start: Int) {
    let arena = batch.arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var at = start
    var line: UInt32 = 0
    while at < input.count {
      let end = input.scan(for: 0x0a, from: at) ?? input.count
      batch.frames.read += 1
      batch.frames.lines += 1
      if !readText(batch, at..<end, line, checks) { batch.frames.blank += 1 }
      line &+= 1
      at = end + 1
    }
  }

  /// Goes through frames that are not lines.
  private mutating func readFrames(_ batch: Batch, from start: Int) {
    let arena = batch.arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var at = start
    var line: UInt32 = 0
    while let frame = FrameWalk.next(batch.framing, input, from: at, atEnd: true) {
      batch.frames.read += 1
      let lines = input.count(of: 0x0a, at, frame.next)
      batch.frames.lines += lines
      if frame.kind == .blank || !readText(batch, frame.body, line, checks) {
        batch.frames.blank += 1
      }
      while frameStarts.count < batch.entries.count { frameStarts.append(at) }
      line &+= UInt32(truncatingIfNeeded: lines)
      at = frame.next
    }
  }

  /// Decodes the text frame whose body is `body`; false where that is blank.
  @inline(__always)
  private mutating func readText(
    _ batch: Batch, _ body: Range<Int>, _ line: UInt32, _ checks: FrameChecks
  ) -> Bool {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    var end = body.upperBound
    if end > body.lowerBound, input[end - 1] == 0x0d { end -= 1 }
    if isBlank(input, body.lowerBound, end) { return false }
    var entry = Entry()
    entry.frame = ByteRange(body.lowerBound, count: body.count)
    entry.line = line
    entry.fieldStart = UInt32(truncatingIfNeeded: batch.fields.count)
    let range = checks.text(body.lowerBound..<end, batch, &entry.flags)
    let frame = FrameText(arenas.bytes(range), start: range.start)
    guard frame.count > 0 else { return false }
    text.decode(frame, into: &entry, in: batch, names: &names)
    let fields = batch.fields.count - Int(entry.fieldStart)
    entry.fieldCount = UInt16(truncatingIfNeeded: min(fields, Int(UInt16.max)))
    batch.entries.append(entry)
    return true
  }

  @inline(__always)
  private func isBlank(_ input: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to {
      guard input[at].isBlank else { return false }
      at += 1
    }
    return true
  }
}
