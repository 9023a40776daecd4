/// The last rows' values, the oldest first.
struct RowRing: Sendable {
  private var values: [Double] = []
  private var next = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = max(1, capacity) }

  var isFull: Bool { values.count == capacity }
  var count: Int { values.count }

  subscript(_ at: Int) -> Double {
    let place = next + at
    return values[place < values.count ? place : place - values.count]
  }

  /// Takes in a value, the oldest giving way; tells whether it is full.
  @discardableResult
  mutating func push(_ value: Double) -> Bool {
    if values.count < capacity {
      values.append(value)
    } else {
      values[next] = value
      next = next + 1 == capacity ? 0 : next + 1
    }
    return isFull
  }

  /// Of those that are there, taken afresh.
  var mean: Double {
    var sum = 0.0
    for value in values { sum += value }
    return values.isEmpty ? 0 : sum / Double(values.count)
  }

  /// Mean and sum of squared deviations, taken afresh; equal values give a deviation of exactly 0.
  ///
  /// O(capacity): sums that are carried along would leave a residue after a large value has gone.
  var moments: (mean: Double, squares: Double) {
    guard let origin = values.first else { return (0, 0) }
    var shift = 0.0
    for value in values { shift += value - origin }
    shift /= Double(values.count)
    var squares = 0.0
    for value in values {
      let deviation = (value - origin) - shift
      squares += deviation * deviation
    }
    return (origin + shift, squares)
  }
}
