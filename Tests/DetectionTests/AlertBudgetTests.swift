import Detection
import Model
import Testing

@Suite struct AlertBudgetTests {
  @Test(arguments: [
    ("5/day", 5.0), ("2/hour", 48), ("7/week", 1), ("0.5/d", 0.5), ("1/h", 24), ("14/w", 2),
  ])
  func budgetsAreRead(_ text: String, _ perDay: Double) throws {
    let budget = try #require(AlertBudget(parsing: text))
    #expect(abs(budget.perDay - perDay) < 1e-9)
    #expect(budget.text == text)
  }

  @Test(arguments: ["", "5", "5/", "/day", "-1/day", "0/day", "5/month", "5/day/day", "x/day"])
  func othersAreNot(_ text: String) { #expect(AlertBudget(parsing: text) == nil) }

  /// A candidate an hour, their scores from 4 to 9.75: 24 a day, of which so many are to be told.
  @Test(arguments: [(2.0, 9.5), (4, 9.0), (12, 7.0), (24, 4), (100, 3)])
  func theThresholdComesFromThePast(_ perDay: Double, _ expected: Double) throws {
    var budget = AlertBudget(perDay: perDay, text: "")
    var known: [Double?] = []
    for minute in 0..<8 * 1440 {
      if minute % 60 == 0 { budget.note(4 + 0.25 * Double(minute / 60 % 24)) }
      budget.close(Minute(number: Int64(minute)))
      if minute == 1798 || minute == 1799 { known.append(budget.threshold) }
    }
    #expect(known[0] == nil)
    #expect(known[1] != nil)
    let threshold = try #require(budget.threshold)
    #expect(abs(threshold - expected) <= 0.25, "\(threshold)")
  }
}

@Suite struct CountTailLowerTests {
  /// P(X = 0) = (1 + m/s)^(−s), and P(X ≤ 1) adds m·(1 + m/s)^(−s−1).
  @Test(arguments: [(3.0, 2.0), (20, 5), (0.7, 1)])
  func lowerTails(_ mean: Double, _ size: Double) {
    var zero = 1.0
    for _ in 0..<Int(size) { zero /= 1 + mean / size }
    #expect(abs(CountTail.lower(0, mean: mean, size: size) / zero - 1) < 1e-9)
    if mean > 1 {
      let one = zero + mean * zero / (1 + mean / size)
      #expect(abs(CountTail.lower(1, mean: mean, size: size) / one - 1) < 1e-9)
    }
    #expect(CountTail.lower(-1, mean: mean, size: size) == 0)
  }
}

@Suite struct DiscoveryControlTests {
  @Test func theWageIsSpentOverAllSeries() throws {
    var control = DiscoveryControl()
    for _ in 0..<1440 { control.begin(series: 500, found: 0, fixed: nil) }
    let expected = try #require(control.expectedPerDay)
    #expect(abs(expected - DiscoveryControl.perDay) < 1e-9)
    // 0.25 / (1440 · 500)
    #expect(abs(control.threshold - 6.4594) < 1e-3)
  }

  /// Findings pay for more: their share of chance is what they add.
  @Test func findingsPayForTheHourBehindThem() throws {
    var control = DiscoveryControl()
    for minute in 0..<1440 { control.begin(series: 500, found: minute == 600 ? 10 : 0, fixed: nil) }
    let expected = try #require(control.expectedPerDay)
    #expect(abs(expected - DiscoveryControl.perDay - 10 * DiscoveryControl.share) < 1e-6)
  }

  @Test func aBudgetSetsIt() {
    var control = DiscoveryControl()
    control.begin(series: 500, found: 3, fixed: 4.5)
    #expect(abs(control.threshold - 4.5) < 1e-9)
  }
}
