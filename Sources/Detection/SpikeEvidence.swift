package import Bytes

/// When a spike's evidence is strong enough for an insight.
///
/// Either of two rules, each with a tail probability p under `CountTail`, since chance
/// alone gives a z of 3 several times a day and three times a small mean all the time:
/// - *two running*: z ≥ 5 and x ≥ 5 in two complete minutes running, p1 · p2 ≤ 1e-6;
/// - *threefold*: x ≥ 3 · mean, z ≥ 3, x ≥ 10, p ≤ 1e-8. Ten, since a single failing request may well
///   write five lines in one second.
///
/// 1e-8 is one false opening in some twenty days over 3,000 series, if minutes were independent.
package enum SpikeEvidence {
  package static let strongScore = 5.0
  package static let factor = 3.0
  package static let leastCount = 10
  package static let probability = 1e-8
  package static let pairProbability = 1e-6

  package struct Minute: Sendable {
    package var isHigh = false
    package var probability = 1.0

    package init() {}

    init(
      _ x: Int, _ reading: RollingZScore.Reading, baseline: CountWindow, _ burstiness: Burstiness
    ) {
      guard reading.exceeds else { return }
      probability = CountTail.upper(x, after: baseline, burstiness)
      isHigh = reading.z >= strongScore
    }
  }

  package static func isStrong(
    _ x: Int, _ reading: RollingZScore.Reading, _ now: Minute, before: Minute
  ) -> Bool {
    guard reading.exceeds else { return false }
    if now.isHigh, before.isHigh, now.probability * before.probability <= pairProbability {
      return true
    }
    return Double(x) >= factor * reading.mean && x >= leastCount
      && now.probability <= probability
  }
}

extension SpikeEvidence.Minute: Kept {
  package mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&isHigh)
    bytes.carry(&probability, in: 0...1)
  }
}
