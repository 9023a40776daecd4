package import Model

/// What batches are filled from, one caller at a time; who asks holds the lock.
package protocol BatchSource: AnyObject {
  /// Reads whole frames into an empty batch and sets its source, file, offset and framing.
  ///
  /// - Parameters:
  ///   - limit: bytes after which the batch is full; what a frame takes more is read.
  ///   - waiting: how long to wait where nothing has come. It never waits with a whole frame at hand.
  func fill(_ batch: Batch, limit: Int, waiting: Patience) -> Fill

  /// Ends the reading: what is there of an unfinished frame is handed over, batch by batch.
  func stop()

  /// What could not be read, each reported once.
  func takeProblems() -> [ReadProblem]
}

/// What came of filling a batch.
package enum Fill: Sendable {
  case filled
  /// Nothing came in time, or the wake-up called; the batch is empty.
  case idle
  /// The last batch of the source, `endsSource` set; it may be empty.
  case ended
}
