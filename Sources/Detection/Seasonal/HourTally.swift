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
