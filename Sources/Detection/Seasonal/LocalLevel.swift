internal import Bytes

/// How a series stands to what is usual at this time, over the last few hours.
///
/// level = (O + κ) / (E + κ): counts observed and expected, fading with a half-life of two hours; κ = 10 entries
/// that came as expected hold a series of few entries near 1. This is the mean of a gamma prior after Poisson counts.
struct LocalLevel: Sendable {
  /// Half a two-hundredth-and-fortieth minute: 2^(−1/24) a block of five minutes.
  private static let keep: Float = 0.97153
  private static let trust: Float = 10

  private var observed: Float = 0
  private var expected: Float = 0

  init() {}

  var value: Float { (observed + Self.trust) / (expected + Self.trust) }

  /// Relative variance of what is not known of it.
  var doubt: Double { Double(0.5 / (expected + Self.trust)) }

  /// - Parameter base: what was usual, this level left out.
  mutating func learn(_ count: Float, base: Float) {
    observed = observed * Self.keep + count
    expected = expected * Self.keep + base
  }

  /// Takes the last hour alone for what is usual now.
  mutating func jump(_ count: Float, base: Float) {
    observed = count
    expected = base
  }

  /// What is usual has taken in a part of the deviation.
  mutating func absorb(_ part: Float) { observed += part * (expected - observed) }

  mutating func merge(_ other: LocalLevel) {
    observed += other.observed
    expected += other.expected
  }
}

extension LocalLevel: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&observed, in: 0...KeptRange.sum)
    bytes.carry(&expected, in: 0...KeptRange.sum)
  }
}
