internal import Glibc
package import Model

/// Change points with a p-value: step, trend, spike, dip, or a change of the distribution.
///
/// The last `window`/4 rows (8 at least) are compared with the `window` rows before them, at every row:
///
/// - *spike*, *dip*: the row against median and median deviation of the rows before; normal tail.
/// - *step*, *trend*: the recent mean against the earlier one, z = difference / (s √(φ/m + φ/n)); normal tail. It is a
///   trend where a line through all rows leaves smaller squares than two levels do.
/// - *distribution*: the two-sample Kolmogorov–Smirnov distance, with φ taken off the rows' number; its asymptotic tail
///   (Stephens 1970, DOI 10.1111/j.2517-6161.1970.tb00821.x).
///
/// φ = (1 + ρ) / (1 − ρ) with ρ the rows' correlation with the row before (0 to 0.9): neighbours that are alike count for
/// less. p is the least of the three times three (Bonferroni). An anomaly where p ≤ 10^−threshold, 6 by default.
/// After a step, trend or change of distribution the comparison starts again with the recent rows. The rows behind
/// a spike are learned at most four deviations off the median.
///
/// - Can't see: changes slower than `window` rows; several within it. A rhythm is a sequence of trends to it. The p is
///   for one row: over many rows expect rows · p, and more where ρ says too little of how alike rows are.
/// - Cost: O(window) a row.
package struct ChangePoint: SeriesDetector, Sendable {
  package static let name = "change_point"
  package static let threshold = 6.0
  /// Earlier rows before anything is judged.
  static let warmUp = 20

  private var earlier: SortedWindow
  private var earlierRows: RowRing
  private var recent: RowRing
  private let window: Int
  private let threshold: Double

  package init(window: Int = 60, threshold: Double = ChangePoint.threshold) {
    self.window = max(8, window)
    self.threshold = threshold
    earlier = SortedWindow(capacity: self.window)
    earlierRows = RowRing(capacity: self.window)
    recent = RowRing(capacity: Self.recentCount(self.window))
  }

  private static func recentCount(_ window: Int) -> Int { max(8, window / 4) }

  package mutating func judge(_ time: Timestamp, _ value: Double) -> RowVerdict {
    guard value.isReadable else { return RowVerdict() }
    guard earlier.count >= min(Self.warmUp, window) else {
      learn(value)
      return RowVerdict()
    }
    let median = earlier.median
    let scale = earlier.scale
    let z = scale > 0 ? (value - median) / scale : 0
    let alone = CountTail.normalSurprise(z)
    learn(scale > 0 ? min(max(value, median - 4 * scale), median + 4 * scale) : value)
    let comparison = Comparison(earlier: earlierRows, sorted: earlier, recent: recent)
    let surprises = [alone, comparison.meanSurprise, comparison.distributionSurprise]
    let strongest = surprises.max() ?? 0
    let surprise = max(0, strongest - log10(3.0))
    var verdict = RowVerdict()
    verdict.score = RowVerdict.score(ofSurprise: surprise)
    verdict.isAnomaly = surprise >= threshold
    verdict.expected = median
    let bound = Self.deviations(ofSurprise: threshold + log10(3.0)) * scale
    verdict.lower = median - bound
    verdict.upper = median + bound
    let isRow = alone == strongest
    verdict.evidence = RowEvidence(
      measure: isRow ? (z < 0 ? .dip : .spike) : comparison.kind,
      actual: isRow ? value : comparison.recentMean,
      typical: isRow ? median : comparison.earlierMean,
      tail: CountTail.probability(ofSurprise: surprise),
      statistic: surprise, threshold: threshold, rows: earlier.count)
    if verdict.isAnomaly, !isRow { restart() }
    return verdict
  }

  private mutating func learn(_ value: Double) {
    if recent.isFull {
      earlier.push(recent[0])
      earlierRows.push(recent[0])
    }
    recent.push(value)
  }

  private mutating func restart() {
    earlier = SortedWindow(capacity: window)
    earlierRows = RowRing(capacity: window)
    for row in 0..<recent.count {
      earlier.push(recent[row])
      earlierRows.push(recent[row])
    }
    recent = RowRing(capacity: Self.recentCount(window))
  }

  /// The z whose two-sided normal tail has this −log10, by bisection.
  private static func deviations(ofSurprise surprise: Double) -> Double {
    var low = 0.0
    var high = 64.0
    for _ in 0..<48 {
      let middle = (low + high) / 2
      if CountTail.normalSurprise(middle) < surprise { low = middle } else { high = middle }
    }
    return high
  }
}
