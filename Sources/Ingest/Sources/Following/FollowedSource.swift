internal import Bytes
internal import Model

/// One of the sources that a `FollowReader` listens to.
protocol FollowedSource: AnyObject {
  /// Fills an empty batch with what has come; false where nothing has. It never waits.
  func fill(_ batch: Batch, limit: Int, lookAtNames: Bool) -> Bool

  /// Hands over what is there of an unfinished frame; false where there is nothing.
  func finish(_ batch: Batch) -> Bool

  /// What can be waited for; -1 where there is nothing of the kind.
  var descriptor: Int32 { get }

  func takeProblems() -> [ReadProblem]
}

/// A pipe among followed files.
final class FollowedPipe: FollowedSource {
  private let reader: BatchReader
  private var hasEnded = false

  init(_ source: InputSource, number: Int, frameLimit: Int, framing: FramingChoice) {
    reader = BatchReader(
      source, number: number, frameLimit: frameLimit, framing: framing)
  }

  var descriptor: Int32 { hasEnded ? -1 : reader.openDescriptor }

  func fill(_ batch: Batch, limit: Int, lookAtNames: Bool) -> Bool {
    if hasEnded { return false }
    switch reader.fill(batch, limit: limit, waiting: Patience(milliseconds: 0)) {
    case .filled: return true
    case .idle: return false
    case .ended:
      hasEnded = true
      batch.endsSource = false
      return batch.arenas.input.count > 0
    }
  }

  func finish(_ batch: Batch) -> Bool {
    reader.stop()
    return fill(batch, limit: 1 << 20, lookAtNames: false)
  }

  func takeProblems() -> [ReadProblem] { reader.takeProblems() }
}
