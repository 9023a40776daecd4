internal import Bytes

/// The last rows' values in order of size: median and quantiles without sorting anew.
///
/// - Cost: O(window) a row, by moving memory.
struct SortedWindow: Sendable {
  private var ring: RowRing
  private(set) var sorted: [Double] = []

  init(capacity: Int) { ring = RowRing(capacity: max(2, capacity)) }

  var count: Int { sorted.count }
  var isFull: Bool { ring.isFull }

  mutating func push(_ value: Double) {
    if ring.isFull {
      let gone = ring[0]
      sorted.remove(at: place(of: gone))
    }
    ring.push(value)
    sorted.insert(value, at: place(of: value))
  }

  /// Of an even number the mean of the middle two; 0 of none.
  var median: Double {
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    return sorted[middle - 1] / 2 + sorted[middle] / 2
  }

  /// The median of |x − median|: walks outwards from the middle.
  var medianDeviation: Double {
    guard !sorted.isEmpty else { return 0 }
    let median = median
    var high = place(of: median)
    var low = high - 1
    var farthest = 0.0
    var before = 0.0
    for _ in 0...sorted.count / 2 {
      before = farthest
      let above = high < sorted.count ? sorted[high] - median : .infinity
      let below = low >= 0 ? median - sorted[low] : .infinity
      farthest = min(above, below)
      if above <= below { high += 1 } else { low -= 1 }
    }
    return sorted.count % 2 == 1 ? farthest : before / 2 + farthest / 2
  }

  /// The mean of |x − median|.
  var meanDeviation: Double {
    let median = median
    var sum = 0.0
    for value in sorted { sum += abs(value - median) }
    return sorted.isEmpty ? 0 : sum / Double(sorted.count)
  }

  /// Deviation of a normal distribution with the same median deviation; where half of the rows are equal, that
  /// of the same mean deviation.
  var scale: Double {
    let median = medianDeviation
    return median > 0 ? 1.4826 * median : 1.2533 * meanDeviation
  }

  /// How many are at most `value`.
  func rank(of value: Double) -> Int { sorted.lowerBound { $0 <= value } }

  private func place(of value: Double) -> Int { sorted.lowerBound { $0 < value } }
}
