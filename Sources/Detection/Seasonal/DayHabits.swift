internal import Bytes
internal import Glibc

/// What a series does of itself at a time of day: sums of five minutes that stood out there on earlier days.
///
/// For each quarter of an hour of the day the two largest such sums of different days are kept, fading by a tenth each
/// day. What does not exceed twice the second is no news: a nightly batch has been seen by its third night, while an
/// incident that happens to come at the hour of another one day before is told.
/// - Layout: 96 × 2 numbers in place, 768 bytes.
struct DayHabits: Sendable {
  private static let bins = 96
  private static let over: Float = 2

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

  /// Whether a sum over `minutes` that ends in this quarter of an hour is what comes on other days as well, a quarter
  /// sooner or later.
  func explain(_ sum: Float, over minutes: Int, at bin: Int) -> Bool {
    var usual: Float = 0
    for back in -1...(minutes / 15 + 1) {
      usual = max(usual, second[(bin - back + Self.bins) % Self.bins])
    }
    return usual > 0 && sum <= Self.over * usual * Float(max(1, minutes / 5))
  }

  mutating func merge(_ other: DayHabits) {
    for bin in 0..<Self.bins {
      first[bin] += other.first[bin]
      second[bin] += other.second[bin]
    }
  }
}

extension DayHabits: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&first, in: 0...KeptRange.sum)
    bytes.carry(&second, in: 0...KeptRange.sum)
    bytes.carry(&current, in: 0...KeptRange.sum)
  }
}
