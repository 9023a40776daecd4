internal import Glibc

extension ChangePoint {
  /// Recent rows against earlier ones: by their means, and as distributions.
  struct Comparison {
    private(set) var earlierMean = 0.0
    private(set) var recentMean = 0.0
    /// −log10 p of the means' and of the distributions' difference.
    private(set) var meanSurprise = 0.0
    private(set) var distributionSurprise = 0.0
    private var isTrend = false

    /// What the stronger of the two says.
    var kind: RowMeasure {
      distributionSurprise > meanSurprise ? .distribution : isTrend ? .trend : .step
    }

    init(earlier: RowRing, sorted: SortedWindow, recent: RowRing) {
      earlierMean = earlier.mean
      recentMean = recent.mean
      let n = Double(earlier.count)
      let m = Double(recent.count)
      guard recent.isFull else { return }
      let (variance, correlation) = Self.moments(earlier, mean: earlierMean)
      let likeness = (1 + correlation) / (1 - correlation)
      let error = (variance * likeness * (1 / m + 1 / n)).squareRoot()
      if error > 0 {
        meanSurprise = CountTail.normalSurprise((recentMean - earlierMean) / error)
      }
      distributionSurprise = Self.distance(sorted, recent, likeness)
      isTrend = Self.isLine(earlier, recent, earlierMean, recentMean)
    }

    /// Sample variance, and correlation of neighbours held to 0…0.9.
    private static func moments(_ rows: RowRing, mean: Double) -> (Double, Double) {
      var squares = 0.0
      var products = 0.0
      var last: Double?
      for row in 0..<rows.count {
        let deviation = rows[row] - mean
        squares += deviation * deviation
        if let last { products += last * deviation }
        last = deviation
      }
      let correlation = squares > 0 ? products / squares : 0
      return (squares / Double(max(1, rows.count - 1)), min(max(correlation, 0), 0.9))
    }

    /// −log10 of the Kolmogorov–Smirnov tail.
    private static func distance(
      _ sorted: SortedWindow, _ recent: RowRing, _ likeness: Double
    ) -> Double {
      var ordered = SortedWindow(capacity: recent.count)
      for row in 0..<recent.count { ordered.push(recent[row]) }
      let n = Double(sorted.count)
      let m = Double(recent.count)
      var farthest = 0.0
      for row in 0..<recent.count {
        let value = recent[row]
        let at = Double(ordered.rank(of: value)) / m - Double(sorted.rank(of: value)) / n
        let below =
          Double(ordered.rank(of: value.nextDown)) / m
          - Double(sorted.rank(of: value.nextDown)) / n
        farthest = max(farthest, abs(at), abs(below))
      }
      let rows = (n * m / (n + m) / likeness).squareRoot()
      let lambda = (rows + 0.12 + 0.11 / rows) * farthest
      guard lambda > 0.5 else { return 0 }
      var sum = 0.0
      for k in 1...20 {
        let term = exp(-2 * Double(k * k) * lambda * lambda)
        sum += k % 2 == 1 ? term : -term
      }
      return CountTail.surprise(2 * sum)
    }

    /// Whether a line through all rows leaves smaller squares than the two means.
    private static func isLine(
      _ earlier: RowRing, _ recent: RowRing, _ first: Double, _ second: Double
    ) -> Bool {
      let count = Double(earlier.count + recent.count)
      let middle = (count - 1) / 2
      let mean = (first * Double(earlier.count) + second * Double(recent.count)) / count
      var levels = 0.0
      var total = 0.0
      var product = 0.0
      var spread = 0.0
      for row in 0..<earlier.count + recent.count {
        let isEarlier = row < earlier.count
        let value = isEarlier ? earlier[row] : recent[row - earlier.count]
        let level = isEarlier ? first : second
        let place = Double(row) - middle
        levels += (value - level) * (value - level)
        total += (value - mean) * (value - mean)
        product += place * (value - mean)
        spread += place * place
      }
      return spread > 0 && total - product * product / spread < levels
    }
  }
}
