internal import Bytes
internal import Glibc

/// What a series does of itself at a time of day: sums of five minutes that stood out there on earlier days.
///
/// For each quarter of an hour of the day the two largest such sums of different days are kept, fading by a tenth each
/// day. What does not exceed twice the second is no news, while an incident that happens to come at the hour of another one day before is
/// told. In its second day a series has but one to go by, and that one counts: a batch is known by its second night.
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
  ///
  /// - Parameter days: that the series has been known for.
  func explain(_ sum: Float, over minutes: Int, at bin: Int, after days: Int) -> Bool {
    var usual: Float = 0
    for back in -1...(minutes / 15 + 1) {
      let place = (bin - back + Self.bins) % Self.bins
      usual = max(usual, days < 2 ? first[place] : second[place])
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
