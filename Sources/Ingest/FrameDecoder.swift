import Bytes
import Flow
package import Model

/// Turns a batch's bytes into entries: divides them into frames, recognises each frame's format by its
/// own bytes, decodes it and joins what belongs together.
///
/// One for each worker. The same bytes give the same entries in any division into batches at frames'
/// ends, provided that what a batch leaves undecided is put before the next one's input.
package struct FrameDecoder: ~Copyable {
  private let settings: DecodingSettings
  private var names = NameTable()
  private var text: TextDecoder

  package init(_ settings: DecodingSettings) {
    self.settings = settings
    text = TextDecoder(settings)
  }

  /// Fills the batch's entries, fields, names and frame counts from its input.
  package mutating func decode(_ batch: Batch) {
    names.beginBatch(batch)
    if batch.restartsNames { text.forgetNames() }
    let arenas = batch.arenas
    readLines(batch, from: 0)
    batch.undecided = arenas.input.count
  }

  /// Decodes the lines from `start` on.
  private mutating func readLines(_ batch: Batch, from start: Int) {
    let arena = batch.arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var at = start
    var line: UInt32 = 0
    while at < input.count {
      let end = input.scan(for: 0x0a, from: at) ?? input.count
      readText(batch, at..<end, line, checks)
      line &+= 1
      at = end + 1
    }
    batch.frames.lines += Int(line)
  }

  /// Decodes the text frame whose body is `body`.
  @inline(__always)
  private mutating func readText(
    _ batch: Batch, _ body: Range<Int>, _ line: UInt32, _ checks: FrameChecks
  ) {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    batch.frames.read += 1
    var end = body.upperBound
    if end > body.lowerBound, input[end - 1] == 0x0d { end -= 1 }
    if isBlank(input, body.lowerBound, end) {
      batch.frames.blank += 1
      return
    }
    var entry = Entry()
    entry.frame = ByteRange(body.lowerBound, count: body.count)
    entry.line = line
    entry.fieldStart = UInt32(truncatingIfNeeded: batch.fields.count)
    let range = checks.text(body.lowerBound..<end, batch, &entry.flags)
    let frame = FrameText(arenas.bytes(range), start: range.start)
    text.decode(frame, into: &entry, in: batch, names: &names)
    entry.fieldCount = UInt16(
      truncatingIfNeeded: min(
        batch.fields.count - Int(entry.fieldStart), Int(UInt16.max)))
    batch.entries.append(entry)
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
