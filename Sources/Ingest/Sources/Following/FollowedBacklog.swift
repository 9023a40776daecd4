package import Model

/// What a followed file holds when following begins, older siblings included: a source that ends there.
///
/// The file itself goes on with what is written from then on, in the same state; so it may be asked by
/// another thread than its siblings, but by none once its `FollowReader` is.
package final class FollowedBacklog: BatchSource {
  private let file: FollowedFile
  private let byteLimit: Int
  private var isStopped = false

  init(_ file: FollowedFile, byteLimit: Int) {
    self.file = file
    self.byteLimit = byteLimit
  }

  package func fill(_ batch: Batch, limit: Int, waiting: Patience) -> Fill {
    if isStopped { return .ended }
    return file.fillToMark(batch, limit: min(limit, byteLimit)) ? .filled : .ended
  }

  package func stop() { isStopped = true }

  package func takeProblems() -> [ReadProblem] { file.takeProblems() }
}
