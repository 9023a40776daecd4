internal import Bytes

/// Whether a volume floods the stream: what a rise of entries that are no complaint has to do to be told before a day and a week are known.
///
/// A nightly batch that is met for the first time can't be told from any other burst of volume, nor can a morning's traffic, or Monday's. What can be known is
/// whether the stream as a whole has ever been so busy: a count floods it where it makes up half of the minute's entries or more and these are three times
/// those of the busiest minute so far, which fades with a half-life of three and a half days. The minute before is left out of it, since a flood may begin
/// within one. An hour has to be known.
struct StreamFlood: Sendable {
  private static let leastMinutes = 60
  private static let factor: Float = 3
  /// Fading a minute, as a volume's record does (`CountProfile`).
  private static let keep: Float = 0.99986

  private var largest: Float = 0
  private var before: Float = 0
  private var now: Float = 0
  private var minutes = 0

  init() {}

  /// Begins a minute of so many entries.
  mutating func begin(_ entries: Int) {
    largest = max(largest * Self.keep, before)
    before = now
    now = Float(entries)
    minutes += 1
  }

  /// Whether the minute floods the stream by this count.
  func isFlood(_ count: Int) -> Bool {
    minutes > Self.leastMinutes && 2 * Float(count) >= now && now >= Self.factor * largest
  }
}

extension StreamFlood: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&largest, in: 0...KeptRange.sum)
    bytes.carry(&before, in: 0...KeptRange.sum)
    bytes.carry(&now, in: 0...KeptRange.sum)
    bytes.carry(&minutes, in: 0...KeptRange.minutes)
  }
}
