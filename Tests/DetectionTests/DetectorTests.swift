import Detection
import Testing

@Suite struct CountWindowTests {
  @Test func sumsAreThoseOfTheLastSixty() {
    var noise = Noise(seed: 11)
    var window = CountWindow()
    var all: [Int] = []
    for _ in 0..<500 {
      if noise.uniform() < 0.2 {
        let zeros = Int(noise.uniform() * 80)
        window.pushZeros(zeros)
        all += Array(repeating: 0, count: zeros)
      } else {
        let value = noise.count(mean: 20, size: 0.5)
        window.push(value)
        all.append(value)
      }
      let last = all.suffix(60)
      #expect(window.count == last.count)
      #expect(window.sum == last.reduce(0, +))
      #expect(window.squares == last.reduce(0) { $0 + $1 * $1 })
      if let latest = all.last { #expect(window[age: 0] == latest) }
    }
  }

  @Test func whatComesLateIsAddedInItsPlace() {
    var (whole, late) = (CountWindow(), CountWindow())
    for value in 1...75 {
      whole.push(value)
      late.push(value == 50 ? 20 : value)
    }
    late.add(30, age: 25)
    #expect((0..<60).map { late[age: $0] } == (0..<60).map { whole[age: $0] })
    #expect(late.sum == whole.sum && late.squares == whole.squares)
    late.add(9, age: 60)
    late.add(9, age: -1)
    late.add(.max / 2, age: 0)
    #expect(late.sum == whole.sum - 75 + CountWindow.largest)
  }

  @Test func hugeAndNegativeCountsAreHeldWithinBounds() {
    var window = CountWindow()
    for _ in 0..<120 { window.push(.max) }
    window.push(-5)
    #expect(window.spread >= 0)
    #expect(window.sum == 59 * CountWindow.largest)
  }

  @Test func mergingAddsFromTheLatestBack() {
    var long = CountWindow()
    for value in 1...5 { long.push(value) }
    var short = CountWindow()
    short.push(10)
    short.push(20)
    let both = long.merged(with: short)
    #expect((0..<5).map { both[age: $0] } == [25, 14, 3, 2, 1])
    #expect(both.count == 5)
  }
}

@Suite struct RollingZScoreTests {
  /// 4 and 6 in turn: mean 5, sample variance 10/9 of 1, so s = sqrt(mean) = 2.236.
  @Test func theDeviationIsAtLeastThatOfChance() {
    var detector = RollingZScore()
    for minute in 0..<10 { _ = detector.close(minute % 2 == 0 ? 4 : 6) }
    let reading = detector.reading(of: 12)
    #expect(reading.mean == 5)
    #expect(reading.deviation == 5.0.squareRoot())
    #expect(reading.z == 7 / 5.0.squareRoot())
    #expect(reading.exceeds)
    #expect(!detector.reading(of: 11).exceeds)
  }

  @Test func theDeviationIsTheSampleOneWhereThatIsLarger() {
    var detector = RollingZScore()
    for minute in 0..<10 { _ = detector.close(minute < 5 ? 0 : 20) }
    let reading = detector.reading(of: 45)
    #expect(reading.mean == 10)
    #expect(abs(reading.deviation * reading.deviation - 1000.0 / 9) < 1e-9)
    #expect(abs(reading.z - 35 / (1000.0 / 9).squareRoot()) < 1e-12)
  }

  @Test func theDeviationIsNeverBelowOne() {
    var detector = RollingZScore()
    for _ in 0..<10 { _ = detector.close(0) }
    #expect(detector.reading(of: 4).z == 4)
    #expect(!detector.reading(of: 4).exceeds, "below the floor of 5")
    #expect(detector.reading(of: 5).exceeds)
  }

  @Test func nothingExceedsDuringTheWarmUp() {
    var detector = RollingZScore()
    for _ in 0..<9 { #expect(!detector.close(0).exceeds) }
    #expect(!detector.reading(of: 1000).exceeds)
    _ = detector.close(0)
    #expect(detector.reading(of: 1000).exceeds)
  }

  @Test func aSpikeStaysOutOfTheBaselineAndEnds() {
    var detector = RollingZScore()
    for _ in 0..<60 { _ = detector.close(3) }
    #expect(detector.close(50).phase == .begins)
    for _ in 0..<20 { #expect(detector.close(50).phase == .lasts) }
    #expect(detector.baseline.mean == 3)
    let after = detector.close(3)
    #expect(after.phase == .ends)
    #expect(after.mean == 3)
    #expect(!detector.isInSpike)
    #expect(detector.close(50).phase == .begins)
  }

  @Test func afterAnHourItIsTheNewLevel() {
    var detector = RollingZScore()
    for _ in 0..<60 { _ = detector.close(3) }
    var phases: [RollingZScore.Phase] = []
    for _ in 0..<60 { phases.append(detector.close(50).phase) }
    #expect(phases.first == .begins)
    #expect(phases.dropFirst().dropLast().allSatisfy { $0 == .lasts })
    #expect(phases.last == .newLevel)
    #expect(detector.baseline.mean == 50)
    #expect(detector.close(50).phase == .quiet)
    #expect(!detector.isInSpike)
  }

  @Test func patienceBridgesShortCalms() {
    var detector = RollingZScore(quietToEnd: 3)
    for _ in 0..<20 { _ = detector.close(2) }
    #expect(detector.close(40).phase == .begins)
    #expect(detector.close(2).phase == .lasts)
    #expect(detector.close(2).phase == .lasts)
    #expect(detector.close(40).phase == .lasts)
    #expect(detector.close(2).phase == .lasts)
    #expect(detector.close(2).phase == .lasts)
    #expect(detector.close(2).phase == .ends)
    #expect(detector.baseline.mean == 2)
  }
}

@Suite struct TwoSigmaTests {
  /// Nine times 1 and then x: mean (9 + x)/10; for x = 11 mean 2, deviation 3, bound 8.
  @Test func theJudgedMinuteIsPartOfItsWindow() {
    var detector = TwoSigma()
    for _ in 0..<9 { #expect(!detector.close(1).exceeds) }
    let reading = detector.close(11)
    #expect(reading.mean == 2)
    #expect(reading.deviation == 3)
    #expect(reading.upper == 8)
    #expect(reading.exceeds)
  }

  @Test func theFloorAndTheWarmUpHold() {
    var early = TwoSigma()
    for _ in 0..<8 { _ = early.close(0) }
    #expect(!early.close(100).exceeds, "nine minutes known")
    var low = TwoSigma()
    for _ in 0..<59 { _ = low.close(0) }
    #expect(!low.close(4).exceeds)
    #expect(low.close(5).exceeds)
  }

  @Test func itIsNeverFrozen() {
    var detector = TwoSigma()
    for _ in 0..<60 { _ = detector.close(2) }
    var fired = 0
    for _ in 0..<30 { fired += detector.close(50).exceeds ? 1 : 0 }
    #expect((1...13).contains(fired), "the spike raises its own bound: \(fired)")
  }

  @Test func itAgreesWithFloatingPoint() {
    var noise = Noise(seed: 23)
    var detector = TwoSigma()
    var all: [Int] = []
    for _ in 0..<3000 {
      let x = noise.count(mean: 8, size: 2)
      all.append(x)
      let window = all.suffix(60).map(Double.init)
      let mean = window.reduce(0, +) / Double(window.count)
      let variance = window.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(window.count)
      let bound = mean + 2 * variance.squareRoot()
      let reading = detector.close(x)
      guard abs(Double(x) - bound) > 1e-9 else { continue }
      #expect(reading.exceeds == (window.count >= 10 && x >= 5 && Double(x) > bound))
    }
  }
}

@Suite struct CountTailTests {
  /// Reference values from the distributions' definitions (Poisson and negative binomial).
  @Test(arguments: [
    (5, 1.0, Double.infinity, 0.003659846827343713), (10, 0.5, .infinity, 1.6e-10),
    (3, 1.0, 1.0, 0.125), (20, 1.0, 1.0, 9.5367431640625e-07),
    (1, 0.5, .infinity, 0.3934693402873666), (0, 3.0, 1.0, 1.0),
  ])
  func upperTails(x: Int, mean: Double, size: Double, expected: Double) {
    let found = CountTail.upper(x, mean: mean, size: size)
    #expect(abs(found - expected) <= expected * (expected < 1e-9 ? 0.1 : 1e-4), "\(found)")
  }

  @Test func tailsFallWithTheCountAndStayProbabilities() {
    for mean in [0.01, 1.0, 30, 1e4, 1e7] {
      for size in [1e-4, 0.1, 5, 1e9] {
        var last = 1.0
        for x in [0, 1, 2, 5, 10, 100, 10_000, 20_000_000] {
          let p = CountTail.upper(x, mean: mean, size: size)
          #expect(p >= 0 && p <= last + 1e-6 && p.isFinite, "\(x) \(mean) \(size): \(p)")
          last = Double(x) > mean ? min(last, p) : last
        }
      }
    }
  }

  @Test(arguments: [(0.0, 0.0), (1.959963985, 1.3010), (3.0, 2.5687), (6.0, 8.7048)])
  func normalSurprise(z: Double, expected: Double) {
    #expect(abs(CountTail.normalSurprise(z) - expected) < 1e-3)
    #expect(CountTail.normalSurprise(-z) == CountTail.normalSurprise(z))
  }

  @Test func normalSurpriseGrowsBeyondWhatADoubleHolds() {
    #expect(CountTail.normalSurprise(29.9) < CountTail.normalSurprise(30.1))
    #expect(CountTail.normalSurprise(.infinity) == 400)
  }
}
