/// The last rows as eight frames: of each frame the row that lies farthest from the running mean.
struct ShapeWindow: Sendable {
  static let frames = 8
  /// Eight differences of two such are no more than Float holds.
  private static let largest = 1e37

  private let rowsPerFrame: Int
  private let weight: Double
  private var rows: RowRing
  private var mean = 0.0
  private var count = 0
  /// Windows that wait to be learned, the oldest first, as a ring of half a window.
  private var waiting: [KnownShapes.Shape] = []
  private var next = 0
  private var known: KnownShapes

  init(rowsPerFrame: Int, capacity: Int) {
    self.rowsPerFrame = max(1, rowsPerFrame)
    weight = 0.02 / Double(self.rowsPerFrame)
    rows = RowRing(capacity: Self.frames * self.rowsPerFrame)
    known = KnownShapes(capacity: capacity)
  }

  /// Takes in a row and tells how far the window that ends with it lies from the nearest known one.
  mutating func surprise(after value: Double) -> Double? {
    count += 1
    if count == 1 { mean = value }
    let shape = rows.push(value) ? frames() : nil
    mean += weight * (value - mean)
    guard let shape else { return nil }
    let distance = known.distance(to: shape)
    wait(shape)
    return distance.map(Double.init)
  }

  private func frames() -> KnownShapes.Shape {
    var shape = KnownShapes.Shape()
    for frame in 0..<Self.frames {
      var low = Double.infinity
      var high = -Double.infinity
      for row in frame * rowsPerFrame..<(frame + 1) * rowsPerFrame {
        low = min(low, rows[row])
        high = max(high, rows[row])
      }
      let farthest = high - mean >= mean - low ? high : low
      shape[frame] = Float(min(max(farthest, -Self.largest), Self.largest))
    }
    return shape
  }

  private mutating func wait(_ shape: KnownShapes.Shape) {
    let lag = max(1, Self.frames * rowsPerFrame / 2)
    guard waiting.count == lag else { return waiting.append(shape) }
    known.learn(waiting[next])
    waiting[next] = shape
    next = next + 1 == lag ? 0 : next + 1
  }
}
