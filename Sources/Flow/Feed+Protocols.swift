package import Model

/// Where batches come from: one stream of frames, read by one thread at a time.
package protocol BatchSupply: AnyObject {
  /// Puts the next frames into an empty batch, with its offset, framing and end; blocks until there
  /// are some. After `.ended` it is not called again.
  func fill(_ batch: Batch) -> Supplied

  /// The user said that it is live (`-f`): whatever it leaves open is decided once it is quiet.
  var isFollowed: Bool { get }

  /// It is what came before the last supply, of the same sources: that one is asked only when all such
  /// supplies have ended, and goes on with what they leave open.
  var isPrelude: Bool { get }
}

extension BatchSupply {
  package var isFollowed: Bool { false }
  package var isPrelude: Bool { false }
}

/// What a supply had to give.
package enum Supplied: Sendable {
  /// The batch holds frames; there may be more.
  case filled
  /// Nothing came for a while on a live source: what is open may be flushed.
  case idle
  /// The batch is empty and there will be no more.
  case ended
}

/// The stages that a worker runs on one batch at a time; each worker has its own.
package protocol WorkerChain: ~Copyable, SendableMetatype {
  /// Counts a batch's frames, and leaves no trace in what the other batches go through.
  mutating func countFrames(of batch: Batch)

  /// All stages, from frames to classified entries.
  mutating func process(_ batch: Batch)
}

/// What takes the batches in the order of the stream; called by one thread at a time.
package protocol MergeTarget: AnyObject {
  /// A batch whose new names and masks are to be noted; of one worker in the order in which it worked,
  /// and before any entry of the batch is taken.
  func announce(_ batch: Batch)

  /// A batch whose entries are about to be taken: its frames are booked once.
  func open(_ batch: Batch)

  /// Consecutive entries of the batch, in the order of event time among the sources.
  func take(_ batch: Batch, _ run: Range<Int>)

  /// No more entries of an announced batch will be taken.
  func release(_ batch: Batch)

  /// A live source was quiet, and the edge's clock says `batch.tick`.
  func tick(_ batch: Batch)

  /// No more is wanted: a closed output, a stop.
  var isDone: Bool { get }
}
