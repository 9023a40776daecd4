package import Bytes
internal import Glibc

/// How small a tail probability has to be for a finding, so that few are chance over all series and all minutes.
///
/// Alpha-investing with a wage: each minute spends an allowance w/1440 of expected chance findings (w = `perDay`) over the
/// N series that it judges, so α = w / (1440·N); each finding pays q = 0.05 more into the hour behind it, over which it is spent
/// evenly. Since each test at α adds α to the expected chance findings, whatever the dependence, their expected number over any
/// days D is at most w·D + q·(findings), so the share of chance among the findings nears q where there are many and their number
/// w a day where there are none. Plain LORD has no wage: its α goes to zero on a stream that stays quiet for weeks.
/// Foster & Stine (2008), "α-investing"; Javanmard & Montanari (2018), LORD, doi:10.1214/17-AOS1559; Ramdas, Yang, Wainwright & Jordan (2017), decaying memory.
package struct DiscoveryControl: Sendable {
  /// Chance findings a day that are allowed for.
  package static let perDay = 0.25
  /// The share of chance among findings that follow each other.
  package static let share = 0.05
  private static let span = 60

  private var recent: [Int] = Array(repeating: 0, count: span)
  private var at = 0
  /// Expected chance findings so far, and the minutes judged.
  private var spent = 0.0
  private var minutes = 0
  /// −log10 α.
  package private(set) var threshold = 8.0

  package init() {}

  /// Begins a minute in which so many series are judged; `found` in the one before.
  /// - Parameter fixed: a threshold that a budget sets instead.
  package mutating func begin(series: Int, found: Int, fixed: Double?) {
    recent[at] = found
    at = (at + 1) % Self.span
    let wage = Self.perDay / 1440
    let reward = Self.share * Double(recent.reduce(0, +)) / Double(Self.span)
    var alpha = (wage + reward) / Double(max(series, 100))
    if let fixed { alpha = CountTail.probability(ofSurprise: fixed) }
    threshold = -log10(alpha)
    spent += alpha * Double(series)
    minutes += 1
  }

  /// Chance findings to be expected a day, by what was spent; nil where nothing was judged.
  package var expectedPerDay: Double? {
    minutes > 0 ? spent / Double(minutes) * 1440 : nil
  }
}

extension DiscoveryControl: Kept {
  package mutating func carry(_ bytes: inout KeptBytes) {
    for place in recent.indices { bytes.carry(&recent[place], in: 0...KeptRange.count) }
    bytes.carry(&at, in: 0...Self.span - 1)
    bytes.carry(&spent, in: 0...1e12)
    bytes.carry(&minutes, in: 0...KeptRange.minutes)
    bytes.carry(&threshold, in: -400...400)
  }
}
