import Bytes
import Model

/// What must be looked for in each frame of an input; told once for all of it.
struct FrameChecks {
  private let isValid: Bool
  private let hasEscapes: Bool
  private let limit: Int

  /// - Parameter limit: bytes of a frame beyond this are cut off.
  init(_ input: Span<UInt8>, limit: Int) {
    isValid = input.isValidUTF8
    hasEscapes = input.scan(for: 0x1b) != nil
    self.limit = limit
  }

  /// The text of a frame: cut at the limit, bad UTF-8 repaired, terminal colours taken out. Notes what
  /// was done in `flags` and the batch's counts.
  @inline(__always)
  func text(_ body: Range<Int>, _ batch: Batch, _ flags: inout EntryFlags) -> ByteRange {
    let range = ByteRange(body.lowerBound, count: body.count)
    if isValid, !hasEscapes, body.count <= limit { return range }
    return rewritten(range, batch, &flags)
  }

  private func rewritten(
    _ body: ByteRange, _ batch: Batch, _ flags: inout EntryFlags
  ) -> ByteRange {
    let arenas = batch.arenas
    var range = body
    if range.count > limit {
      range.count = UInt32(cutLength(arenas.bytes(range)))
      flags.insert(.cut)
      batch.frames.cut += 1
    }
    if !isValid, !arenas.bytes(range).isValidUTF8 {
      flags.insert(.repaired)
      batch.frames.repaired += 1
      range = TextRepair.repaired(arenas.bytes(range), in: arenas) ?? range
    }
    if hasEscapes, let plain = TextRepair.withoutColours(arenas.bytes(range), in: arenas) {
      range = plain
    }
    return range
  }

  /// The limit, or up to three bytes less, so that no character is cut in two.
  private func cutLength(_ bytes: Span<UInt8>) -> Int {
    var end = min(max(limit, 1), bytes.count)
    var steps = 0
    while end > 1, steps < 3, end < bytes.count, bytes[end] & 0xc0 == 0x80 {
      end -= 1
      steps += 1
    }
    return end
  }
}
