internal import Synchronization

/// What readers count beside the batches: bytes and batches read.
///
/// For any thread; two adds a batch.
final class RunMeter: Sendable {
  private let bytes = Atomic<Int>(0)
  private let batches = Atomic<Int>(0)

  var bytesRead: Int { bytes.load(ordering: .relaxed) }
  var batchesRead: Int { batches.load(ordering: .relaxed) }

  /// Forgets what was counted: the input is read again from its start.
  func reset() {
    bytes.store(0, ordering: .relaxed)
    batches.store(0, ordering: .relaxed)
  }

  /// A source filled a batch with so many bytes.
  func read(_ count: Int) {
    bytes.add(count, ordering: .relaxed)
    batches.add(1, ordering: .relaxed)
  }
}
