internal import Glibc

/// The likeliest point at which the errors of a service rose to another level, and what speaks for it (see `LevelWatch`).
struct LevelChange {
  private static let spans = [3, 6, 12, 24]
  private static let leastBefore = 24.0
  private static let probability = 1e-8
  static let factor = 1.5
  private static let leastMore = 12.0

  /// Hours since then.
  var span = 0
  /// What came in them, bursts left out.
  var errors = 0.0
  var usual = 0.0
  var p = 1.0
  var rate = 0.0
  var share = 0.0
  var hoursBefore = 0

  /// Nil where no level has changed.
  init?(in counts: borrowing HourCounts) {
    for span in Self.spans {
      guard let candidate = LevelChange(in: counts, span: span), candidate.p < p else { continue }
      self = candidate
    }
    guard span > 0, p * Double(Self.spans.count) <= Self.probability else { return nil }
    p *= Double(Self.spans.count)
  }

  private init() {}

  private init?(in counts: borrowing HourCounts, span: Int) {
    let after = counts.sum(0..<span)
    let before = counts.sum(span..<HourCounts.hours)
    guard after.hours == Double(span), before.hours >= Self.leastBefore else { return nil }
    let rate = before.errors / before.hours
    let share = (before.errors + 0.5) / (before.others + 1)
    var usual = 0.0
    var high = 0
    let most = Self.most(counts, span)
    var sum = 0.0
    for age in 0..<span {
      let now = counts.hour(age)
      let due = max(Self.atThisHour(counts, age, span, rate), share * Double(now.others))
      usual += due
      sum += min(Double(now.errors), most)
      let isHigh = Double(now.errors) >= 1.25 * due
      if isHigh { high += 1 } else if age < 2 { return nil }
    }
    guard sum >= Self.factor * usual, sum - usual >= Self.leastMore,
      high * 4 >= span * 3
    else { return nil }
    let scatter = Self.scatter(counts, span, rate, share)
    let spread =
      scatter * (1 / Double(span) + 0.25) + 1 / (before.errors + 0.5) + 0.003
    self.span = span
    errors = sum
    self.usual = usual
    self.rate = rate
    self.share = share
    hoursBefore = Int(before.hours)
    p = CountTail.upper(Int(sum), mean: max(usual, 1e-3), size: 1 / spread)
  }

  /// What an hour counts for at most: twice the lower quartile of the hours, so that bursts in some of them are no level.
  private static func most(_ counts: borrowing HourCounts, _ span: Int) -> Double {
    var hours: [UInt32] = []
    for age in 0..<span { hours.append(counts.hour(age).errors) }
    hours.sort()
    return 2 * Double(hours[(span - 1) / 4])
  }

  /// Errors that came at the same hour on the days before, drawn towards the mean by two hours of it.
  private static func atThisHour(
    _ counts: borrowing HourCounts, _ age: Int, _ span: Int, _ rate: Double
  ) -> Double {
    var (errors, hours) = (2 * rate, 2.0)
    for earlier in stride(from: age + 24, to: HourCounts.hours, by: 24) where earlier >= span {
      let hour = counts.hour(earlier)
      guard hour.isKnown else { continue }
      errors += Double(hour.errors)
      hours += 1
    }
    return errors / hours
  }

  /// Relative variance of the hours before beyond what chance makes, about their share of the traffic or about their mean, whichever
  /// explains them better.
  private static func scatter(
    _ counts: borrowing HourCounts, _ span: Int, _ rate: Double, _ share: Double
  ) -> Double {
    var (byShare, byMean) = ((excess: 0.0, square: 0.0), (excess: 0.0, square: 0.0))
    for age in span..<HourCounts.hours {
      let hour = counts.hour(age)
      guard hour.isKnown else { continue }
      let errors = Double(hour.errors)
      let due = share * Double(hour.others)
      byShare.excess += (errors - due) * (errors - due) - due
      byShare.square += due * due
      byMean.excess += (errors - rate) * (errors - rate) - rate
      byMean.square += rate * rate
    }
    func relative(_ sum: (excess: Double, square: Double)) -> Double {
      sum.square > 0 ? max(0, sum.excess / sum.square) : .infinity
    }
    let least = min(relative(byShare), relative(byMean))
    return least.isFinite ? least : 0
  }
}
