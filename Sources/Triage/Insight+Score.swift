internal import Glibc
internal import Model

extension Insight {
  /// How little chance explains it, comparable over all insights: −log10 of its tail probability.
  ///
  /// 64 where it has none: crash loops and shares of errors, which no budget withholds.
  var score: Double {
    guard let probability = detector?.probability else { return 64 }
    return probability > 1e-64 ? -log10(probability) : 64
  }

  /// The chance of so many entries in a minute, of what was not there in all minutes before: the rate's posterior under Jeffreys'
  /// prior is Gamma(½, n), so that the count is negative binomial with P(X ≥ k) of about Γ(k + ½) / (Γ(½) · k!) · (n + 1)^(−k).
  static func chance(ofNew entries: Int, after minutes: Int) -> Double {
    let k = Double(max(entries, 1))
    return exp(lgamma(k + 0.5) - lgamma(0.5) - lgamma(k + 1) - k * log(Double(max(minutes, 1)) + 1))
  }
}
