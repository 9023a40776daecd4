internal import Bytes
internal import Glibc

/// How much more than chance a series' counts scatter, over some four hours, opened spikes left out.
///
/// Moving averages of x and x² (weight 1/240 a minute; plain averages until that many are known):
/// α = (E[x²] − E[x]² − E[x]) / E[x]², the excess in variance = m + α·m². The rolling baseline leaves
/// out what exceeds, so it takes a bursty series for a calm one; here such minutes count once their
/// spike has ended without opening. Zeros are caught up in one step; 32 bytes.
///
/// `crest` is the highest of those unopened peaks, fading by a factor e a day: what the series does of
/// itself now and then is no news when it comes again.
struct Burstiness: Sendable {
  /// An excess above which bursts make up much of the mean.
  static let considerable = 0.5
  private static let span: Float = 240
  private static let day: Float = 1440

  private var mean: Float = 0
  private var square: Float = 0
  private var minutes: Float = 0
  private var pending: Float = 0
  private var pendingSquare: Float = 0
  private var pendingMinutes: Float = 0
  private var pendingPeak: Float = 0
  private(set) var crest: Float = 0

  init() {}

  var average: Double { Double(mean) }

  var excess: Double {
    let m = Double(mean)
    guard m > 0 else { return 0 }
    return max(0, (Double(square) - m * m - m) / (m * m))
  }

  /// The excess before the latest minutes, which are taken out of the averages again.
  func excess(before latest: (sum: Int, squares: Int, minutes: Int)) -> Double {
    let n = Double(min(minutes, Self.span))
    let left = n - Double(latest.minutes)
    guard left > 0 else { return 0 }
    let m = (Double(mean) * n - Double(latest.sum)) / left
    let square = (Double(square) * n - Double(latest.squares)) / left
    guard m > 0 else { return 0 }
    return max(0, (square - m * m - m) / (m * m))
  }

  mutating func learn(_ x: Int) {
    learn(sum: Float(x), squares: Float(x) * Float(x), minutes: 1)
  }

  mutating func learnZeros(_ count: Int) { learn(sum: 0, squares: 0, minutes: Float(count)) }

  mutating func hold(_ x: Int) {
    pending += Float(x)
    pendingSquare += Float(x) * Float(x)
    pendingMinutes += 1
    pendingPeak = max(pendingPeak, Float(x))
  }

  /// Learns or forgets what was held.
  mutating func settle(learning: Bool) {
    if learning, pendingMinutes > 0 {
      learn(sum: pending, squares: pendingSquare, minutes: pendingMinutes)
      crest = max(crest, pendingPeak)
    }
    pending = 0
    pendingSquare = 0
    pendingMinutes = 0
    pendingPeak = 0
  }

  mutating func merge(_ other: Burstiness) {
    mean += other.mean
    square += other.square
    minutes = max(minutes, other.minutes)
    crest = max(crest, other.crest)
  }

  private mutating func learn(sum: Float, squares: Float, minutes added: Float) {
    guard added > 0 else { return }
    minutes += added
    crest *= max(0, 1 - added / Self.day)
    let weight = min(1, added / min(minutes, Self.span))
    mean += (sum / added - mean) * weight
    square += (squares / added - square) * weight
  }
}

extension Burstiness: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&mean, in: 0...KeptRange.sum)
    bytes.carry(&square, in: 0...KeptRange.square)
    bytes.carry(&minutes, in: 0...KeptRange.sum)
    bytes.carry(&pending, in: 0...KeptRange.sum)
    bytes.carry(&pendingSquare, in: 0...KeptRange.square)
    bytes.carry(&pendingMinutes, in: 0...KeptRange.sum)
    bytes.carry(&pendingPeak, in: 0...KeptRange.sum)
    bytes.carry(&crest, in: 0...KeptRange.sum)
  }
}
