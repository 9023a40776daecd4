package import Model
import Bytes

/// Turns a batch's bytes into entries: divides them into frames, recognises each frame's format by its
/// own bytes, decodes it and joins what belongs together.
///
/// One for each worker. The same bytes give the same entries in any division into batches at frames'
/// ends, provided that what a batch leaves undecided is put before the next one's input, which is
/// then decoded as a whole.
/// - Invariant: `read + expanded = entries + continuations + unparsed + blank` for every batch.
/// - Limits: undecided are at most 1 MiB and a frame (see `AssemblyLimits`).
package struct FrameDecoder: ~Copyable {
  private var reader: FrameReader
  private var assembler = TraceAssembler()
  /// With the plain format every line is an entry.
  private let joins: Bool

  package init(_ settings: DecodingSettings) {
    reader = FrameReader(settings)
    joins = settings.format != .plain
  }

  /// Fills the batch's entries, fields, names and frame counts from its input, and sets `undecided`.
  ///
  /// Where the source ends or was quiet (`endsSource`, `tick`), nothing stays undecided, and nothing is
  /// joined to a frame that the reader cut (`endsCut`).
  package mutating func decode(_ batch: Batch) {
    reader.begin(batch)
    reader.read(batch, from: 0)
    if batch.endsCut { reader.noteCutEnd(batch) }
    batch.undecided = batch.arenas.input.count
    guard joins else { return }
    let undecided = assembler.assemble(
      batch, isFinal: batch.endsSource || batch.tick.isKnown, &reader)
    let decided = firstOfFrame(undecided, batch)
    let isWhole = decided == batch.entries.count
    if !isWhole { batch.undecided = reader.frameStart(of: decided, batch) }
    batch.frames.continuations += assembler.finish(batch, before: decided)
    if !isWhole { takeBackCounts(batch, from: batch.undecided) }
  }

  /// Takes the frames from `offset` on out of the counts, by decoding them once more.
  private mutating func takeBackCounts(_ batch: Batch, from offset: Int) {
    let counted = batch.frames
    let decided = batch.entries.count
    batch.frames = FrameCounts()
    reader.read(batch, from: offset)
    let taken = batch.frames
    batch.frames = counted
    batch.frames.subtract(taken)
    batch.entries.removeSubrange(decided...)
  }

  /// The first entry of the frame that entry `index` was in.
  private func firstOfFrame(_ index: Int, _ batch: Batch) -> Int {
    guard index < batch.entries.count else { return index }
    let frame = batch.entries[index].frame.start
    var first = index
    while first > 0, batch.entries[first - 1].frame.start == frame { first -= 1 }
    return first
  }
}
