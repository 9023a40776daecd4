internal import Bytes

/// The values that a series has shown, in 128 places, and how far a new one lies from the nearest of them.
///
/// Sorted; an equal value is not stored again. When all places are taken, the inner value whose two neighbours
/// lie closest together goes: where values are dense one is missed least, and the extremes stay for good.
/// Nothing is forgotten by age. 64 places find a little less, 512 and all values no more.
/// - Cost: O(log 128) to ask, O(128) to store.
struct KnownValues: Sendable {
  private var sorted: [Double] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = max(4, capacity)
    sorted.reserveCapacity(self.capacity + 1)
  }

  /// The known value next to this one; nil before the first.
  func nearest(_ value: Double) -> Double? {
    let at = place(of: value)
    if at == sorted.count { return sorted.last }
    guard at > 0 else { return sorted.first }
    return value - sorted[at - 1] <= sorted[at] - value ? sorted[at - 1] : sorted[at]
  }

  mutating func learn(_ value: Double) {
    let at = place(of: value)
    if at < sorted.count, sorted[at] == value { return }
    sorted.insert(value, at: at)
    guard sorted.count > capacity else { return }
    var closest = 1
    var least = Double.infinity
    for inner in 1..<sorted.count - 1 {
      let gap = sorted[inner + 1] - sorted[inner - 1]
      if gap < least {
        least = gap
        closest = inner
      }
    }
    sorted.remove(at: closest)
  }

  /// Index of the first known value that is not below this one.
  private func place(of value: Double) -> Int { sorted.lowerBound { $0 < value } }
}
