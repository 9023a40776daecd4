/// The shapes that a series has shown, in 128 places: eight frames each, and the distance to the nearest.
///
/// A shape is told from another by the sum of the absolute differences of its frames (L1). A window is learned
/// half a window after it was seen, so that a new shape is not compared with its own beginning. When all places
/// are taken, it replaces the one that was least new when it came, if it is newer itself.
/// - Cost: 128 · 8 differences to ask and as many to learn. Frames are Float: to seven digits of their spread
///   around the series' first value.
struct KnownShapes: Sendable {
  typealias Shape = SIMD8<Float>

  private var shapes: [Shape] = []
  /// How far each was from what was known when it came.
  private var novelties: [Float] = []
  private let capacity: Int

  init(capacity: Int) { self.capacity = max(4, capacity) }

  /// The least distance to a known shape; nil before the first.
  func distance(to shape: Shape) -> Float? {
    var least = Float.infinity
    for known in shapes {
      let differences = known - shape
      least = min(least, differences.replacing(with: -differences, where: differences .< 0).sum())
    }
    return shapes.isEmpty ? nil : least
  }

  mutating func learn(_ shape: Shape) {
    let novelty = distance(to: shape) ?? .greatestFiniteMagnitude
    guard novelty > 0 else { return }
    if shapes.count < capacity {
      shapes.append(shape)
      novelties.append(novelty)
      return
    }
    var oldest = 0
    for at in 1..<novelties.count where novelties[at] < novelties[oldest] { oldest = at }
    guard novelty > novelties[oldest] else { return }
    shapes[oldest] = shape
    novelties[oldest] = novelty
  }
}
