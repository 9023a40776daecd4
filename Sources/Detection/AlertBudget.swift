package import Bytes
package import Model

/// So many insights a period, and the score that a finding needs to keep to that, derived from the stream's own past.
///
/// Every candidate is booked with its score (−log10 of its tail probability), told or not: insights that opened or would have, and
/// rises of a series' counts that stood out less than they had to, one an hour and series. They fade with a half-life of a week. Every hour the
/// threshold becomes the least score, in quarters, above which the past had no more candidates than the budget allows; 3 at the least.
/// The first day, on which everything is new, is not booked; before another quarter of a day is known there is no threshold, and what is
/// usual applies. Event time alone: equal streams give equal thresholds.
package struct AlertBudget: Sendable {
  fileprivate static let bins = 256
  private static let step = 0.25
  package static let least = 3.0
  /// Fading an hour.
  private static let keep = 0.995883
  /// Minutes that are not booked, and that have to be before there is a threshold.
  private static let warmUp = 1440
  private static let ripeness = 360

  package let perDay: Double
  /// As it was asked for.
  package let text: String
  private var candidates: [Double] = Array(repeating: 0, count: bins)
  private var days = 0.0
  private var minutes = 0
  /// The least score that is told; nil while too little is known.
  package private(set) var threshold: Double?
  /// Insights that were not told for it.
  package internal(set) var withheld = 0

  package init(perDay: Double, text: String) {
    self.perDay = max(perDay, 1e-3)
    self.text = text
  }

  /// Reads `5/day`, `2/hour` or `10/week`; nil where it is none of them.
  package init?(parsing text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Double(parts[0]), number > 0, number <= 1e6,
      let perDay = ["hour": 24, "h": 24, "day": 1, "d": 1, "week": 1 / 7.0, "w": 1 / 7.0][
        String(parts[1])]
    else { return nil }
    self.init(perDay: number * perDay, text: text)
  }

  package mutating func note(_ score: Double) {
    guard minutes >= Self.warmUp else { return }
    candidates[min(max(0, Int(score / Self.step)), Self.bins - 1)] += 1
  }

  package mutating func noteWithheld(_ count: Int) { withheld += count }

  /// Ends a complete minute.
  package mutating func close(_ minute: Minute) {
    minutes += 1
    guard minutes > Self.warmUp else { return }
    days += 1.0 / 1440
    guard minutes % 60 == 0 else { return }
    for bin in 0..<Self.bins { candidates[bin] *= Self.keep }
    days *= Self.keep
    guard minutes >= Self.warmUp + Self.ripeness else { return }
    let allowed = perDay * days
    var sum = 0.0
    var lowest = Self.bins
    while lowest > 0, sum + candidates[lowest - 1] <= allowed {
      lowest -= 1
      sum += candidates[lowest]
    }
    threshold = max(Self.least, Double(lowest) * Self.step)
  }
}

extension AlertBudget {
  /// What the past showed, whatever the budget is.
  package struct Past: Kept, Sendable {
    fileprivate var candidates: [Double] = Array(repeating: 0, count: AlertBudget.bins)
    fileprivate var days = 0.0
    fileprivate var minutes = 0
    fileprivate var threshold = 0.0
    fileprivate var perDay = 0.0

    package init() {}

    package mutating func carry(_ bytes: inout KeptBytes) {
      for bin in candidates.indices { bytes.carry(&candidates[bin], in: 0...1e12) }
      bytes.carry(&days, in: 0...1e6)
      bytes.carry(&minutes, in: 0...KeptRange.minutes)
      bytes.carry(&threshold, in: 0...400)
      bytes.carry(&perDay, in: 0...1e9)
    }
  }

  package var past: Past {
    var past = Past()
    past.candidates = candidates
    past.days = days
    past.minutes = minutes
    past.threshold = threshold ?? 0
    past.perDay = perDay
    return past
  }

  /// Goes on from what an earlier run saw; the threshold of another budget is derived anew at the hour's end.
  package mutating func resume(_ past: Past) {
    candidates = past.candidates
    days = past.days
    minutes = past.minutes
    threshold = past.perDay == perDay && past.threshold > 0 ? past.threshold : nil
  }
}
