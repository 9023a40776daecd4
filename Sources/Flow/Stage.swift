package import Model

/// A stage that runs on a worker: it sees one batch at a time, in any order of batches.
///
/// It may read and write the batch's entries and side arena, and keep what is a pure function of the
/// bytes that it has seen (a cache). It must not keep anything whose effect on the output depends on
/// which other batches it saw, read a clock, or block.
package protocol BatchStage: ~Copyable {
  mutating func process(_ batch: Batch)
}

/// A stage that runs at the merge: it sees all entries, in the order of the stream.
///
/// `take` is called with consecutive runs of a batch's entries; `close` when the watermark has passed a
/// minute's end, so that what was taken before is all that belongs to it; `finish` once, last.
package protocol MergeStage: ~Copyable {
  mutating func take(_ batch: Batch, _ run: Range<Int>)
  mutating func close(_ minute: Minute)
  mutating func finish()
}
