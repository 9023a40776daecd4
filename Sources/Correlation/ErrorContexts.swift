internal import Flow
internal import Model

/// The correlation ids of each shape's latest error entries, 4 a shape.
///
/// - Limits: as many shapes as told at the start, least recently used out first, counted.
struct ErrorContexts: ~Copyable {
  private var index: RecentIndex
  private var latest: [SIMD4<UInt64>] = []

  init(limit: Int) { index = RecentIndex(limit: limit) }

  var evicted: Int { index.evicted }

  mutating func record(_ shape: ShapeNumber, _ context: UInt64) {
    let found = index.use(UInt64(truncatingIfNeeded: shape.index))
    while latest.count <= found.slot { latest.append(.zero) }
    var kept = found.isNew ? .zero : latest[found.slot]
    if kept.x == context { return }
    kept = SIMD4(context, kept.x, kept.y == context ? kept.z : kept.y, kept.z)
    latest[found.slot] = kept
  }

  func latest(_ shape: ShapeNumber) -> [UInt64] {
    guard let slot = index.find(UInt64(truncatingIfNeeded: shape.index)) else { return [] }
    var contexts: [UInt64] = []
    for lane in 0..<4 {
      let context = latest[slot][lane]
      if context != 0, !contexts.contains(context) { contexts.append(context) }
    }
    return contexts
  }
}
