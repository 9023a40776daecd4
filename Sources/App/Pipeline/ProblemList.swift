internal import Ingest
internal import Synchronization

/// What could not be read, said once on stderr as it is met; a named input among it fails the run.
final class ProblemList: Sendable {
  private let count = Atomic<Int>(0)

  func add(_ problem: ReadProblem) {
    count.add(1, ordering: .relaxed)
    Diagnostics.error("\(problem.file): \(problem.reason)")
  }

  var isEmpty: Bool { count.load(ordering: .relaxed) == 0 }
}
