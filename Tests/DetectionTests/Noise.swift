import Glibc

/// Seeded pseudo-random counts for simulated streams (SplitMix64).
struct Noise: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

  mutating func exponential() -> Double { -log(uniform()) }

  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Marsaglia and Tsang's method (2000).
  mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = pow(1 + c * x, 3)
      if v > 0, log(uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  mutating func poisson(_ mean: Double) -> Int {
    if mean > 30 {
      let half = Double(Int(mean / 2) + 1)
      let g = gamma(half)
      return g > mean
        ? (0..<Int(half) - 1).reduce(0) { sum, _ in sum + (uniform() < mean / g ? 1 : 0) }
        : Int(half) + poisson(mean - g)
    }
    let limit = exp(-mean)
    var product = uniform()
    var count = 0
    while product > limit {
      product *= uniform()
      count += 1
    }
    return count
  }

  /// Negative binomial with variance mean + mean² / size; Poisson where the size is infinite.
  mutating func count(mean: Double, size: Double) -> Int {
    size.isInfinite ? poisson(mean) : poisson(gamma(size) * mean / size)
  }
}
