internal import Bytes
internal import Glibc

/// How long a series has been silent, and the rarest silence that it broke by itself, fading by half a week.
///
/// The chance of so long a silence is the negative binomial's of a zero, (1 + m·v)^(−1/v) for m expected entries of relative
/// variance v; it has to be rarer than ten times the rarest silence of the series' own past as well.
struct SeriesSilence: Sendable {
  /// A restart may take a minute or two.
  static let least = 3

  private(set) var minutes = 0
  private var expected: Float = 0
  private var score: Float = 0
  private var record: Float = 0
  private var isTold = false

  /// An entry came.
  mutating func breakOff() {
    if score > 0, !isTold { record = max(record, score) }
    minutes = 0
    expected = 0
    score = 0
    isTold = false
  }

  /// A minute more without one, where so many were expected.
  mutating func goOn(expected more: Float) {
    minutes += 1
    expected += more
  }

  /// What is said of it; nil where it was told, is short, or no rarer than others were.
  ///
  /// - Parameter variance: of what is expected in a minute where it has lasted for less than five, else in all.
  mutating func judge(variance: Double) -> CountJudgement? {
    let usual = Double(expected)
    let ofSum = minutes < 5 ? variance / Double(minutes) : variance
    let surprise = CountTail.surprise(ofLog: log1p(usual * ofSum) / ofSum)
    score = Float(surprise)
    guard !isTold, minutes >= Self.least, surprise >= Double(record) + 1 else { return nil }
    return CountJudgement(
      minutes: minutes, actual: 0, expected: usual, spread: ofSum, score: surprise, reach: minutes)
  }

  mutating func tell() { isTold = true }

  /// A block is over.
  mutating func fade() { record *= 0.9998 }
}

extension SeriesSilence: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&minutes, in: 0...KeptRange.minutes)
    bytes.carry(&expected, in: 0...KeptRange.sum)
    bytes.carry(&score, in: 0...KeptRange.sum)
    bytes.carry(&record, in: 0...KeptRange.sum)
    bytes.carry(&isTold)
  }
}
