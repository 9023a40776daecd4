internal import Bytes

/// What was learned of the hour at hand: entries, those expected, and those expected without the level and the week's factor.
struct HourTally: Sendable {
  private(set) var count: Float = 0
  private(set) var expected: Float = 0
  private(set) var base: Float = 0
  /// Blocks of five minutes that were learned.
  var blocks = 0

  mutating func add(_ count: Float, _ expected: Float, base: Float) {
    self.count += count
    self.expected += expected
    self.base += base
    blocks += 1
  }
}

extension HourTally: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&count, in: 0...KeptRange.sum)
    bytes.carry(&expected, in: 0...KeptRange.sum)
    bytes.carry(&base, in: 0...KeptRange.sum)
    bytes.carry(&blocks, in: 0...KeptRange.minutes)
  }
}
