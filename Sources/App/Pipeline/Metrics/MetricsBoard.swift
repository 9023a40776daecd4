internal import Model
internal import Synchronization

/// Where the merge leaves the run's metrics for the thread that writes them.
///
/// The writer asks; the merge answers at its next safe point, so that a run whose metrics nobody asks
/// for makes none, and one that is asked pays for one snapshot an interval.
final class MetricsBoard: Sendable {
  private let isWanted = Atomic<Bool>(true)
  private let families = Mutex<[MetricFamily]>([])

  /// Asks for a snapshot.
  func ask() { isWanted.store(true, ordering: .relaxed) }

  /// Whether a snapshot was asked for; asked once, it says so once.
  var takesRequest: Bool {
    guard isWanted.load(ordering: .relaxed) else { return false }
    isWanted.store(false, ordering: .relaxed)
    return true
  }

  func leave(_ snapshot: [MetricFamily]) { families.withLock { $0 = snapshot } }

  /// What was left last; empty before the first snapshot.
  var latest: [MetricFamily] { families.withLock { $0 } }
}
