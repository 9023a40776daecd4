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
    guard joins, batch.framing != .csv, batch.framing != .columns else { return }
    let undecided = assembler.assemble(
      batch, isFinal: batch.endsSource || batch.tick.isKnown, &reader)
    let decided = firstOfFrame(undecided, batch)
    let isWhole = decided == batch.entries.count
    if !isWhole {
      batch.undecided = reader.frameStart(of: decided, batch)
      takeBackCounts(batch, from: decided)
    }
    batch.frames.continuations += assembler.finish(batch, before: decided)
  }

  /// Takes the frames of the entries from `first` on out of the counts.
  ///
  /// Where nothing was refused or repaired, entries and line feeds tell the counts; else the frames are
  /// decoded once more.
  private mutating func takeBackCounts(_ batch: Batch, from first: Int) {
    let counted = batch.frames
    let isPlain =
      counted.unparsed == 0 && counted.cut == 0 && counted.withheld == 0 && counted.repaired == 0
      && counted.damaged == 0
    let taken: FrameCounts
    if isPlain, batch.framing == .lines {
      taken = counts(batch, from: first)
    } else {
      let count = batch.entries.count
      batch.frames = FrameCounts()
      reader.read(batch, from: batch.undecided)
      taken = batch.frames
      batch.entries.removeSubrange(count...)
    }
    batch.frames = counted
    batch.frames.subtract(taken)
  }

  /// What the lines of the entries from `first` on were counted as, if none was refused.
  private func counts(_ batch: Batch, from first: Int) -> FrameCounts {
    let arena = batch.arenas.input
    let input = arena.span
    var taken = FrameCounts()
    taken.read = input.count(of: 0x0a, batch.undecided, input.count)
    if input[input.count - 1] != 0x0a { taken.read += 1 }
    taken.lines = taken.read
    var frames = 0
    for index in first..<batch.entries.count
    where index == first || batch.entries[index].frame.start != batch.entries[index - 1].frame.start
    {
      frames += 1
    }
    taken.blank = taken.read - frames
    taken.expanded = batch.entries.count - first - frames
    return taken
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
