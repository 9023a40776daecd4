internal import Bytes

/// The blocks of five minutes of the last hour, latest first: entries as learned, expected without the level, the level.
///
/// - Layout: a ring of 12 in place.
struct PastHour: Sendable {
  static let capacity = 12

  private var counts: InlineArray<12, Float> = .init(repeating: 0)
  private var bases: InlineArray<12, Float> = .init(repeating: 0)
  private var levels: InlineArray<12, Float> = .init(repeating: 1)
  private var next = 0
  private(set) var held = 0

  private func place(_ age: Int) -> Int { (next + Self.capacity - 1 - age) % Self.capacity }

  func count(_ age: Int) -> Float { counts[place(age)] }

  /// What was expected of a block then.
  func usual(_ age: Int) -> Float { bases[place(age)] * levels[place(age)] }

  /// Over the latest blocks, entries and the expected without the level.
  func sum(_ blocks: Int) -> (count: Float, base: Float) {
    var sum: (count: Float, base: Float) = (0, 0)
    for age in 0..<blocks {
      sum.count += counts[place(age)]
      sum.base += bases[place(age)]
    }
    return sum
  }

  /// The level with which the first of the latest blocks began.
  func level(before blocks: Int) -> Float { levels[place(blocks - 1)] }

  mutating func push(_ count: Float, base: Float, level: Float) {
    counts[next] = count
    bases[next] = base
    levels[next] = level
    next = next + 1 == Self.capacity ? 0 : next + 1
    held = min(held + 1, Self.capacity)
  }

  /// Holds a block's entries at what was expected.
  mutating func hold(_ age: Int) { counts[place(age)] = min(counts[place(age)], usual(age)) }

  /// The blocks before are no past any more; their entries stay for `mean`.
  mutating func restart() { held = 0 }

  /// Entries of a block, unheld ones counted as they stand.
  var mean: Float { sum(Self.capacity).count / Float(Self.capacity) }

  /// Entries a minute at the median block; 0 where no whole hour is known.
  var medianRate: Float {
    guard held == Self.capacity else { return 0 }
    var sorted = counts
    for at in 1..<Self.capacity {
      var place = at
      while place > 0, sorted[place] < sorted[place - 1] {
        sorted.swapAt(place, place - 1)
        place -= 1
      }
    }
    return sorted[5] / 5
  }
}

extension PastHour: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&counts, in: 0...KeptRange.sum)
    bytes.carry(&bases, in: 0...KeptRange.sum)
    bytes.carry(&levels, in: 0...KeptRange.sum)
    bytes.carry(&next, in: 0...Self.capacity - 1)
    bytes.carry(&held, in: 0...Self.capacity)
  }
}
