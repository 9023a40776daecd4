internal import Bytes
internal import Glibc

/// The interval at which a line comes, learned from the times between its latest beats.
///
/// A Poisson process of the same median would put a gap within a share `d` of the median with
/// probability 2^−(1−d) − 2^−(1+d), about 0.69 d. With d the share that nine in ten of the n gaps keep to,
/// the line is regular where (0.69 d)^(0.9 n) ≤ 1e-8: five gaps do for a timer that keeps its second,
/// twenty for one that wanders by a third. Quantiles, not mean and deviation, so that a beat that
/// was lost or came twice does not undo what was learned (Hyndman and Fan 1996, doi:10.2307/2684934, definition 1).
/// - Layout: the latest 24 gaps in seconds, a ring. 116 bytes. A beat costs a store; learning sorts the ring, once
///   in 8 beats, seldomer the longer the line was not regular.
/// - Limits: intervals from 4 s to 2 days; spread of at most half the interval.
struct LinePace: Sendable {
  static let capacity = 24
  /// Seconds: what follows the last beat sooner belongs to it.
  static let shortest: Float = 2
  static let longest: Float = 172_800
  static let chance = -8.0
  static let widest: Float = 0.5
  private static let fewest = 5

  private var gaps: InlineArray<24, Float> = .init(repeating: 0)
  var count: UInt32 = 0
  var due: UInt32 = UInt32(fewest)
  var failures: UInt8 = 0
  /// Seconds between two beats, 0 where they are not regular.
  var interval: Float = 0
  /// The share of the interval by which one gap in ten misses it or more.
  var spread: Float = 0

  init() {}

  var isRegular: Bool { interval > 0 }

  /// Of a dozen gaps and more, one in ten misses the median by all of it or more, as a Poisson process's do (by 2.3
  /// of it): far from what is regular.
  private(set) var isRandom = false

  /// Seconds: what follows the last beat sooner belongs to it.
  var floor: Float { max(Self.shortest, interval / 4) }

  /// Takes the time since the beat before; true where it was learned from.
  mutating func add(gap: Float) -> Bool {
    let floor = floor
    gaps[Int(count % UInt32(Self.capacity))] = gap
    count &+= 1
    guard count >= due else { return false }
    learn(floor)
    return true
  }

  /// - Parameter floor: gaps below it were taken for one beat: what is random comes out as the floor and an exponential
  ///   rest, which is regular only as far as the floor goes.
  private mutating func learn(_ floor: Float) {
    let n = min(Int(count), Self.capacity)
    let sorted = sorted(n)
    let median = sorted[n / 2]
    var deviations: InlineArray<24, Float> = .init(repeating: 0)
    for index in 0..<n { deviations[index] = abs(sorted[index] - median) }
    Self.sort(&deviations, n)
    let kept = (n * 9 + 9) / 10
    // Stamps may have whole seconds only.
    let d = max(deviations[kept - 1] / max(median, 1e-6), 0.001, 0.5 / max(median, 1))
    isRandom = n >= Self.capacity / 2 && d > 1
    let rest = median - floor
    let logChance = rest > 0 ? 0.9 * Double(n) * log10(0.69 * Double(d * median / rest)) : 0
    if median >= 2 * Self.shortest, median <= Self.longest, d <= Self.widest,
      logChance <= Self.chance
    {
      interval = median
      spread = d
      failures = 0
      due = count &+ (n < Self.capacity ? 2 : 8)
    } else {
      interval = 0
      if n == Self.capacity { failures = min(failures + 1, 8) }
      due = count &+ (n < Self.capacity ? UInt32(n) / 3 : 4 << UInt32(failures))
    }
  }

  mutating func carryGaps(_ bytes: inout KeptBytes) { bytes.carry(&gaps, in: 0...KeptRange.sum) }

  private func sorted(_ n: Int) -> InlineArray<24, Float> {
    var copy = gaps
    Self.sort(&copy, n)
    return copy
  }

  private static func sort(_ values: inout InlineArray<24, Float>, _ n: Int) {
    for index in 1..<max(n, 1) {
      let value = values[index]
      var place = index
      while place > 0, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
  }
}
