internal import Model
internal import Packs
internal import Synchronization

/// What workers and readers count beside the batches: bytes and batches read, patterns that gave up.
///
/// For any thread; a few adds a batch.
final class RunMeter: Sendable {
  private let bytes = Atomic<Int>(0)
  private let batches = Atomic<Int>(0)
  /// By worker, then by pattern number.
  private let gaveUp = Mutex<[[Int]]>([])

  var bytesRead: Int { bytes.load(ordering: .relaxed) }
  var batchesRead: Int { batches.load(ordering: .relaxed) }

  /// Forgets what was counted: the input is read again from its start.
  func reset() {
    bytes.store(0, ordering: .relaxed)
    batches.store(0, ordering: .relaxed)
    gaveUp.withLock { $0 = [] }
  }

  /// A source filled a batch with so many bytes.
  func read(_ count: Int) {
    bytes.add(count, ordering: .relaxed)
    batches.add(1, ordering: .relaxed)
  }

  /// Takes over how often each pattern gave up on a worker so far, by its number.
  func note(gaveUp counts: [Int], worker: Int) {
    gaveUp.withLock { all in
      while all.count <= worker { all.append([]) }
      all[worker] = counts
    }
  }

  /// How often each pattern gave up, by its number from 1, on all workers.
  ///
  /// Where two batches meet a few entries are matched twice, and may count twice.
  var gaveUpByPattern: [Int] {
    gaveUp.withLock { all in
      var sums = [Int](repeating: 0, count: all.map(\.count).max() ?? 0)
      for counts in all {
        for (number, count) in counts.enumerated() { sums[number] += count }
      }
      return sums
    }
  }
}
