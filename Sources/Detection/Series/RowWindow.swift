/// The last rows' values, with mean and deviation computed afresh from them.
///
/// Deviations are taken from the oldest value first, so that equal values give a deviation of exactly 0.
/// O(window) a row: sums that are carried along would leave a residue after a large value has gone.
struct RowWindow: Sendable {
  private var values: [Double] = []
  private var next = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = max(2, capacity) }

  var count: Int { values.count }

  mutating func push(_ value: Double) {
    if values.count < capacity {
      values.append(value)
    } else {
      values[next] = value
      next = next + 1 == capacity ? 0 : next + 1
    }
  }

  /// Mean and sum of squared deviations.
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
