/// How much a series moves from row to row, against how much it has moved so far.
///
/// d = |x − previous x|; over the last w rows |mean d − m| / (s / √w), where m and s are mean and deviation of d
/// in the rows before, exponentially weighted over 3,000 rows (an exact window of 3,000 finds the same).
/// - Cost: O(w).
struct Restlessness: Sendable {
  /// Rows of the long memory; half and half as many again make no difference.
  static let memory = 3000.0

  private var recent: RowRing
  private let width: Double
  private var last: Double?
  private var mean = 0.0
  private var variance = 0.0
  private var learned = 0.0

  init(width: Int) {
    recent = RowRing(capacity: max(2, width))
    self.width = Double(max(2, width))
  }

  /// The last rows' mean movement and what is usual, in rows' own units, and their distance in deviations.
  struct Reading {
    var actual: Double
    var typical: Double
    var deviations: Double
  }

  mutating func reading(after value: Double) -> Reading? {
    defer { last = value }
    guard let last else { return nil }
    if recent.isFull { learn(recent[0]) }
    recent.push(abs(value - last))
    guard recent.isFull, learned > 1 else { return nil }
    let now = recent.mean
    let error = (variance / width).squareRoot()
    let deviations = error > 0 ? abs(now - mean) / error : 0
    return Reading(actual: now, typical: mean, deviations: deviations)
  }

  private mutating func learn(_ movement: Double) {
    learned += 1
    let weight = max(1 / learned, 1 / Self.memory)
    let difference = movement - mean
    mean += weight * difference
    variance = (1 - weight) * (variance + weight * difference * difference)
  }
}
