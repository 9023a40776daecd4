/// Mean and deviation of all rows since a start, fading over ten windows: what a slow drift is measured against.
///
/// A row moves them by at most four deviations, so that one outlier doesn't widen them.
struct LongBaseline: Sendable {
  private(set) var rows = 0
  private(set) var mean = 0.0
  private var variance = 0.0
  private let memory: Double

  init(window: Int) { memory = 10 * Double(max(2, window)) }

  var deviation: Double { variance.squareRoot() }

  mutating func learn(_ value: Double) {
    rows += 1
    let weight = max(1 / Double(rows), 1 / memory)
    let bound = rows > 10 && variance > 0 ? 4 * deviation : .infinity
    let difference = min(max(value - mean, -bound), bound)
    mean += weight * difference
    variance = (1 - weight) * (variance + weight * difference * difference)
  }
}
