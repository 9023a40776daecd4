internal import Glibc

/// Tail probabilities of counts and of the normal distribution.
package enum CountTail {
  /// Relative variance of a rate that wanders by a tenth within the hour, as daily rhythms do.
  private static let wander = 0.01

  /// P(X ≥ x) of a negative binomial with this mean and size (variance = mean + mean² / size).
  ///
  /// Sums the tail's terms upwards from x; for x above the mean they fall, by a factor that tends to
  /// mean / (mean + size). At most 4,096 terms, the rest bounded by a geometric series.
  /// Sizes above 1e6 are taken as 1e6, which is Poisson to six digits.
  package static func upper(_ x: Int, mean: Double, size wanted: Double) -> Double {
    guard x > 0 else { return 1 }
    guard mean > 0 else { return 0 }
    let size = min(max(wanted, 1e-3), 1e6)
    guard Double(x) > mean else { return 0.5 }
    let share = mean / (mean + size)
    let logTerm =
      lgamma(Double(x) + size) - lgamma(size) - lgamma(Double(x) + 1) - size * log1p(mean / size)
      + Double(x) * log(share)
    var term = 1.0
    var sum = 1.0
    var k = Double(x)
    for _ in 0..<4096 {
      let ratio = (k + size) / (k + 1) * share
      let rest = ratio < 1 ? term * ratio / (1 - ratio) : .infinity
      if rest < sum * 1e-9 { break }
      term *= ratio
      sum += term
      k += 1
    }
    let ratio = min((k + size) / (k + 1) * share, 1 - 1e-9)
    sum += term * ratio / (1 - ratio)
    return min(1, exp(logTerm) * sum)
  }

  /// P(X ≤ x) of a negative binomial, for x below the mean.
  ///
  /// Sums the terms downwards from x, which fall; at most x + 1 of them, and a million.
  package static func lower(_ x: Int, mean: Double, size wanted: Double) -> Double {
    guard x >= 0 else { return 0 }
    guard Double(x) < mean else { return 0.5 }
    let size = min(max(wanted, 1e-3), 1e6)
    let share = mean / (mean + size)
    let logTerm =
      lgamma(Double(x) + size) - lgamma(size) - lgamma(Double(x) + 1) - size * log1p(mean / size)
      + Double(x) * log(share)
    var term = 1.0
    var sum = 1.0
    var k = Double(x)
    let last = k - 1e6
    while k > 0, k > last, term > sum * 1e-12 {
      term *= k / ((k - 1 + size) * share)
      sum += term
      k -= 1
    }
    return min(1, exp(logTerm) * sum)
  }

  /// P(X ≥ x) for a coming minute, given those of a window and the series' burstiness.
  ///
  /// The rate's posterior under Jeffreys' prior is Gamma(Σx + ½, n), so its relative variance is
  /// 1/(Σx + ½); added are the excess dispersion α = (v − m) / m², the window's own (v raised by its
  /// sampling error √(2/(n − 1))) or the longer memory's, whichever is larger, and 0.01 for the
  /// rate's wandering. X is then negative binomial with size 1 / (sum of the three). Where α > ½,
  /// the window has lost the bursts that make up the mean, and the longer memory's mean stands in.
  static func upper(_ x: Int, after window: CountWindow, _ burstiness: Burstiness) -> Double {
    let n = Double(window.count)
    guard n > 1 else { return 1 }
    let shape = Double(window.sum) + 0.5
    var mean = shape / n
    let variance = window.sampleVariance * (1 + (2 / (n - 1)).squareRoot())
    let observed = window.mean
    var excess = observed > 0 ? max(0, (variance - observed) / (observed * observed)) : 0
    excess = max(excess, burstiness.excess)
    if excess > Burstiness.considerable { mean = max(mean, burstiness.average) }
    return upper(x, mean: mean, size: 1 / (excess + 1 / shape + wander))
  }

  /// The same for a sum with this expectation, `shape` counts being behind the estimate.
  static func upper(_ x: Int, expected: Double, shape: Double, excess: Double) -> Double {
    upper(x, mean: expected, size: 1 / (excess + 1 / shape + wander))
  }

  /// −log10 of a tail probability, 300 at most: how surprising it is.
  package static func surprise(_ probability: Double) -> Double {
    -log10(min(1, max(probability, 1e-300)))
  }

  /// The same of a probability given by its natural logarithm, the sign turned.
  static func surprise(ofLog negated: Double) -> Double { negated / M_LN10 }

  package static func probability(ofSurprise surprise: Double) -> Double { pow(10, -surprise) }

  /// −log10 of the two-sided normal tail probability beyond |z|.
  package static func normalSurprise(_ z: Double) -> Double {
    let distance = abs(z)
    guard distance.isFinite else { return 400 }
    if distance < 30 { return surprise(erfc(distance / 2.0.squareRoot())) }
    return min(400, (distance * distance / 2 + log(distance * 1.2533141373155)) / log(10))
  }
}
