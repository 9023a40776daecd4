internal import Glibc

/// Tail probabilities of samples held against a past that is itself a sample.
enum SampleTail {
  /// P(X ≥ k) of the n next draws, where `hits` of `total` past draws were hits: beta-binomial with Jeffreys' prior,
  /// so that a short past does not pass for a certain one.
  static func upper(_ k: Int, of n: Int, hits: Double, total: Double) -> Double {
    guard k > 0 else { return 1 }
    guard k <= n else { return 0 }
    let a = hits + 0.5
    let b = max(total - hits, 0) + 0.5
    guard Double(k) > Double(n) * a / (a + b) else { return 1 }
    let count = Double(n)
    let x = Double(k)
    let ways: Double = lgamma(count + 1) - lgamma(x + 1) - lgamma(count - x + 1)
    let beta: Double = lgamma(x + a) + lgamma(count - x + b) - lgamma(count + a + b)
    let prior: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
    let start = ways + beta + prior
    var term = 1.0
    var sum = 1.0
    var at = x
    while at < count {
      term *= (count - at) / (at + 1) * (at + a) / (count - at - 1 + b)
      sum += term
      at += 1
    }
    return min(1, exp(start) * sum)
  }

  /// P(χ² ≥ x) with `degrees` degrees of freedom: the upper incomplete gamma function, by series below the mean, by
  /// Lentz's continued fraction above (Numerical Recipes, 3rd edition, section 6.2).
  static func chiSquare(_ x: Double, degrees: Int) -> Double {
    guard x > 0, degrees > 0 else { return 1 }
    let a = Double(degrees) / 2
    let half = x / 2
    let scale = exp(-half + a * log(half) - lgamma(a))
    if half < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      for _ in 0..<500 {
        n += 1
        term *= half / n
        sum += term
        if term < sum * 1e-12 { break }
      }
      return max(0, 1 - sum * scale)
    }
    var b = half + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for index in 1..<500 {
      let step = -Double(index) * (Double(index) - a)
      b += 2
      d = 1 / (step * d + b)
      c = b + step / c
      let change = d * c
      h *= change
      if abs(change - 1) < 1e-12 { break }
    }
    return min(1, scale * h)
  }
}
