internal import Glibc

/// How rare a surprise is among all that this series has shown before: a tail probability of its own.
///
/// With m surprises before, p = (those above its bucket + ½ of its bucket + 1) / (m + 1). Beyond the 98 %
/// quantile u, once m ≥ 100, the tail goes on as an exponential (peaks over threshold: Pickands 1975,
/// DOI 10.1214/aos/1176343003, with shape 0; as in Siffer et al. 2017, DOI 10.1145/3097983.3098144):
/// p = min(p, k/m · exp(−(r − u)/b)), k those above u and b their mean excess. So a record is not held to 1/m.
/// - Limits: what has no tail yet (fewer than 100 rows) is never rarer than 1 / (m + 1).
/// - Cost: O(40), beyond u O(400).
struct OwnPast: Sendable {
  private var histogram = LogHistogram()
  private let tailShare: Double
  static let tailFrom = 100

  init(tailShare: Double) { self.tailShare = tailShare }

  mutating func learn(_ surprise: Double) { histogram.add(surprise) }

  /// The probability, under this past, of a surprise as large: above 0, at most 1.
  func tail(of surprise: Double) -> Double {
    let m = Double(histogram.count)
    let (above, equal) = histogram.ranks(of: surprise)
    let p = min(1, (Double(above) + Double(equal) / 2 + 1) / (m + 1))
    guard histogram.count >= Self.tailFrom, Double(above) < tailShare * m else { return p }
    let (edge, exceeding) = histogram.edge(exceededBy: Int(tailShare * m))
    guard exceeding > 0, surprise > edge else { return p }
    let mean = histogram.excess(over: edge) / Double(exceeding)
    guard mean > 0 else { return p }
    return min(p, max(1e-300, Double(exceeding) / m * exp(-(surprise - edge) / mean)))
  }
}
