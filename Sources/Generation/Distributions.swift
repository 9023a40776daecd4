/// Logarithm and exponential from the four operations alone.
///
/// The C library's own differ in the last bit between versions and processors, which would change
/// a count here and there, and with it every byte behind it.
package enum ExactMath {
  static let ln2 = 0.6931471805599453

  /// The natural logarithm of a positive, normal number; error below 1e-15 of its size.
  package static func ln(_ x: Double) -> Double {
    var significand = x.significand
    var exponent = Double(x.exponent)
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    var odd = 21.0
    while odd >= 1 {
      sum = sum * square + 1 / odd
      odd -= 2
    }
    return exponent * ln2 + 2 * s * sum
  }

  /// e to the power of `x`, for x from -700 to 700 (held within).
  package static func exp(_ x: Double) -> Double {
    let held = min(max(x, -700), 700)
    let power = (held / ln2).rounded()
    let rest = held - power * ln2
    var sum = 1.0
    var term = 14.0
    while term >= 1 {
      sum = 1 + sum * rest / term
      term -= 1
    }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }
}

extension RandomSource {
  /// A standard normal number (Marsaglia's polar method).
  package mutating func normal() -> Double {
    while true {
      let u = 2 * fraction() - 1
      let v = 2 * fraction() - 1
      let s = u * u + v * v
      if s < 1, s > 1e-300 { return u * (-2 * ExactMath.ln(s) / s).squareRoot() }
    }
  }

  /// A gamma number of mean `shape` and scale 1 (Marsaglia and Tsang, 2000).
  package mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else {
      let boost = ExactMath.exp(ExactMath.ln(max(fraction(), 1e-300)) / shape)
      return gamma(shape: shape + 1) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = max(fraction(), 1e-300)
      if ExactMath.ln(u) < 0.5 * x * x + d - d * v + d * ExactMath.ln(v) { return d * v }
    }
  }

  /// A Poisson count; by products below a mean of 30, by the rounded normal from there on.
  package mutating func poisson(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    if mean < 30 {
      let floor = ExactMath.exp(-mean)
      var product = fraction()
      var count = 0
      while product > floor {
        product *= fraction()
        count += 1
      }
      return count
    }
    return max(0, Int((mean + mean.squareRoot() * normal()).rounded()))
  }

  /// A negative binomial count: variance = mean + mean² / size.
  package mutating func negativeBinomial(mean: Double, size: Double) -> Int {
    guard mean > 0 else { return 0 }
    return poisson(mean: gamma(shape: size) * mean / size)
  }

  /// A number whose logarithm is uniform over `range`.
  package mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
    let low = ExactMath.ln(range.lowerBound)
    return ExactMath.exp(low + fraction() * (ExactMath.ln(range.upperBound) - low))
  }
}
