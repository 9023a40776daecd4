/// What a profile says of a sum of counts that ends now.
struct CountJudgement: Sendable {
  var minutes = 1
  var actual = 0
  var expected = 0.0
  /// Relative variance of the expected, for the negative binomial's size.
  var spread = 0.0
  /// −log10 of the calibrated tail probability, the choice among windows paid for.
  var score = 0.0
  /// Minutes from the onset to now, both counted.
  var reach = 1

  /// Steps from the onset to now: where the sum of what exceeds the usual and half the mean excess is largest (CUSUM,
  /// backwards).
  ///
  /// - Parameter step: what was counted and usual so many steps ago.
  func onset(steps: Int, _ step: (Int) -> (count: Double, usual: Double)) -> Int {
    let allowance = (Double(actual) - expected) / Double(steps) / 2
    var (sum, most, reach) = (0.0, -Double.infinity, 1)
    for age in 0..<steps {
      let (count, usual) = step(age)
      sum += count - usual - allowance
      if sum > most { (most, reach) = (sum, age + 1) }
    }
    return reach
  }
}
