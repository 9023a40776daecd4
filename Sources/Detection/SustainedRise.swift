internal import Bytes
internal import Model

/// A rise too low for any single minute to show: the sum of five minutes against the hour before them.
///
/// It begins where the five minutes' sum is at least 10, at least three times what the baseline lets
/// expect, above the series' own crest, spread over at least three of the minutes (a burst of one is for
/// the other rules), and has a tail probability of at most 1e-8 under the negative binomial of `CountTail` with the
/// dispersion of a sum of five (α/5). It lasts while the sum is above one and a half times the expected,
/// which stands still meanwhile; for an hour at most, then it is the new level. Its onset is the first
/// of the five minutes that was above twice the usual.
///
/// Rates below the floor of five a minute are out of the reach of both named detectors; this sees 0.4 a
/// minute rise to 4 within some four minutes. It begins within six minutes of a z-score spike's onset or
/// outside of one: a series that is in and out of spikes for longer is bursty. Only for complaints: volume needs no such care.
struct SustainedRise: Sendable {
  static let name = "five_minute_sum"
  static let span = 5
  private static let leastSum = 10
  private static let leastMinutes = 3
  private static let factor = 3.0
  private static let probability = 1e-8
  /// Excess dispersion above which a series bursts of itself: it is left to the rules for single minutes.
  private static let mostExcess = 0.4
  private static let longest: UInt8 = 60

  enum Phase { case quiet, begins, lasts, ends, newLevel }

  private(set) var since = Minute(number: 0)
  /// For five minutes, as it was when the rise began.
  private(set) var expected: Float = 0
  private(set) var chance: Float = 1
  private var length: UInt8 = 0

  init() {}

  var isActive: Bool { length > 0 }

  /// Judges the last five minutes, which `recent` holds with those before.
  mutating func close(
    _ minute: Minute, recent: CountWindow, baseline: CountWindow, _ burstiness: Burstiness
  ) -> Phase {
    let sum = Self.sum(recent)
    if isActive {
      length += 1
      if Float(sum) < max(1.5 * expected, 3) {
        length = 0
        return .ends
      }
      if length >= Self.longest {
        length = 0
        return .newLevel
      }
      return .lasts
    }
    guard sum >= Self.leastSum, baseline.count >= RollingZScore.warmUp + Self.span else {
      return .quiet
    }
    let before = Self.sum(baseline)
    let n = Double(baseline.count - Self.span)
    let shape = Double(baseline.sum - before) + 0.5
    let own = burstiness.excess(before: Self.latest(recent))
    guard own < Self.mostExcess else { return .quiet }
    let excess = max(Self.excess(baseline), own)
    let usual = Double(Self.span) * shape / n
    guard Double(sum) >= Self.factor * usual, Float(sum) > 1.25 * burstiness.crest,
      (0..<Self.span).count(where: { Double(recent[age: $0]) > 1.5 * usual / Double(Self.span) })
        >= Self.leastMinutes
    else { return .quiet }
    let p = CountTail.upper(
      sum, expected: usual, shape: shape,
      excess: excess / Double(Self.span))
    guard p <= Self.probability else { return .quiet }
    expected = Float(usual)
    chance = Float(p)
    length = 1
    since = minute
    for age in 0..<Self.span where Double(recent[age: age]) > 2 * usual / Double(Self.span) {
      since = Minute(number: minute.number - Int64(age))
    }
    return .begins
  }

  mutating func settle() { length = 0 }

  static func sum(_ window: CountWindow) -> Int {
    (0..<span).reduce(0) { $0 + window[age: $1] }
  }

  private static func latest(
    _ window: CountWindow
  ) -> (sum: Int, squares: Int, minutes: Int) {
    var latest = (sum: 0, squares: 0, minutes: min(span, window.count))
    for age in 0..<latest.minutes {
      latest.sum += window[age: age]
      latest.squares += window[age: age] * window[age: age]
    }
    return latest
  }

  /// Excess dispersion of what is older than the five minutes.
  private static func excess(_ window: CountWindow) -> Double {
    let n = Double(window.count - span)
    var sum = window.sum
    var squares = window.squares
    for age in 0..<span {
      sum -= window[age: age]
      squares -= window[age: age] * window[age: age]
    }
    let mean = Double(sum) / n
    guard mean > 0, n > 1 else { return 0 }
    let variance = (Double(squares) - n * mean * mean) / (n - 1) * (1 + (2 / (n - 1)).squareRoot())
    return max(0, (variance - mean) / (mean * mean))
  }
}

extension SustainedRise: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&since)
    bytes.carry(&expected, in: 0...KeptRange.sum)
    bytes.carry(&chance, in: 0...1)
    bytes.carry(&length, in: 0...Self.longest - 1)
  }
}
