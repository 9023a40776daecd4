internal import Glibc

/// What a series does of itself at a time of day: sums of five minutes that stood out there on earlier days.
///
/// For each quarter of an hour of the day the two largest such sums of different days are kept, fading by a tenth each
/// day. What does not exceed the second by half is no news: a nightly batch has been seen by its third night, while an
/// incident that happens to come at the hour of another one day before is told.
/// - Layout: 96 × 2 numbers in place, 768 bytes.
struct DayHabits: Sendable {
  private static let bins = 96
  private static let over: Float = 1.5

  private var first: InlineArray<96, Float> = .init(repeating: 0)
  private var second: InlineArray<96, Float> = .init(repeating: 0)
  /// What stood out in the bin at hand, to be booked when it is over.
  private var current: Float = 0

  init() {}

  /// Notes the sum of a block that stands out.
  mutating func note(_ sum: Int) { current = max(current, Float(sum)) }

  /// Ends a quarter of an hour, counted from 0 at midnight.
  mutating func close(_ bin: Int) {
    first[bin] *= 0.9
    second[bin] *= 0.9
    if current > first[bin] {
      second[bin] = first[bin]
      first[bin] = current
    } else {
      second[bin] = max(second[bin], current)
    }
    current = 0
  }

  /// Whether a sum over `minutes` at this quarter of an hour, or beside it, is what comes on other days as well.
  func explain(_ sum: Int, over minutes: Int, at bin: Int) -> Bool {
    let usual = max(
      second[bin], second[(bin + 1) % Self.bins], second[(bin + Self.bins - 1) % Self.bins])
    return usual > 0 && Float(sum) <= Self.over * usual * Float(max(1, minutes / 5))
  }

  mutating func merge(_ other: DayHabits) {
    for bin in 0..<Self.bins {
      first[bin] += other.first[bin]
      second[bin] += other.second[bin]
    }
  }
}
