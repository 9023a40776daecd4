internal import Bytes
internal import Model

/// A rise that a seasonal profile told of, as long as it lasts.
///
/// It lasts while the last five minutes (fifteen, where a longer sum began it) are above the expected by half as much again and
/// two deviations; three minutes below end it, and an hour makes it the new level.
struct CountAlarm: Sendable {
  enum Phase: Sendable { case lasts, ends, newLevel }

  static let longest = 60
  private static let quietToEnd = 3

  private(set) var since = Minute(number: 0)
  private(set) var opened = Minute(number: 0)
  private(set) var length = 0
  private var quiet = 0
  private var patience = 3
  /// Largest sum of five minutes.
  private(set) var peak = 0
  /// What was counted and usual, level left out, in the blocks since it began.
  private(set) var counted: Float = 0
  private(set) var base: Float = 0

  init() {}

  var isActive: Bool { length > 0 }

  mutating func begin(_ judgement: CountJudgement, at minute: Minute) {
    self = CountAlarm()
    length = 1
    opened = minute
    since = Minute(number: minute.number - Int64(judgement.reach - 1))
    peak = judgement.minutes <= 5 ? judgement.actual : judgement.actual * 5 / judgement.minutes
    patience = judgement.minutes > 5 ? 15 : Self.quietToEnd
  }

  mutating func add(_ count: Float, base: Float) {
    counted += count
    self.base += base
  }

  /// Judges a minute's end by the last five minutes.
  mutating func close(_ count: Int, expected: Double, spread: Double) -> Phase {
    length += 1
    peak = max(peak, count)
    let deviation = (expected + spread * expected * expected).squareRoot()
    let isHigh =
      Double(count) > max(1.5 * expected, expected + 2 * deviation) && count >= 2
    quiet = isHigh ? 0 : quiet + 1
    if quiet >= patience { return .ends }
    return length >= Self.longest ? .newLevel : .lasts
  }

  mutating func end() { length = 0 }
}

extension CountAlarm: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&since)
    bytes.carry(&opened)
    bytes.carry(&length, in: 0...Self.longest)
    bytes.carry(&quiet, in: 0...15)
    bytes.carry(&patience, in: 1...15)
    bytes.carry(&peak, in: 0...KeptRange.count)
    bytes.carry(&counted, in: 0...KeptRange.sum)
    bytes.carry(&base, in: 0...KeptRange.sum)
  }
}
