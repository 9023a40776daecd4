@testable import Detection
import Model
import Testing

/// The parts of the ensemble, each by itself.
@Suite("Novelty")
struct NoveltyTests {
  @Test func aHistogramRanksWithinABucket() {
    var histogram = LogHistogram()
    var noise = Noise(seed: 4)
    var all: [Double] = []
    for _ in 0..<3000 {
      let value = noise.uniform() < 0.1 ? 0 : abs(noise.normal()) * 1000
      all.append(value)
      histogram.add(value)
    }
    for value in all.prefix(200) {
      let (above, equal) = histogram.ranks(of: value)
      let larger = all.filter { $0 > value }.count
      #expect(above <= larger && larger <= above + equal)
    }
    let (edge, above) = histogram.edge(exceededBy: 60)
    #expect(above <= 60)
    #expect(all.filter { $0 >= edge }.count == above)
    let excess = all.filter { $0 >= edge }.reduce(0) { $0 + $1 - edge }
    #expect(abs(histogram.excess(over: edge) - excess) <= 0.04 * Double(above) * edge)
  }

  @Test func aHistogramKeepsItsCountsWhateverTheSizes() {
    var histogram = LogHistogram()
    for exponent in stride(from: -300, through: 148, by: 4) {
      histogram.add(Double(sign: .plus, exponent: exponent, significand: 1))
    }
    histogram.add(0)
    histogram.add(.leastNonzeroMagnitude)
    let (above, equal) = histogram.ranks(of: 0)
    #expect(above == 114 && equal == 1)
    #expect(histogram.ranks(of: 1e60) == (0, 0))
  }

  @Test func rarerIsLessProbable() {
    var past = OwnPast(tailShare: 0.02)
    var noise = Noise(seed: 8)
    for _ in 0..<1000 { past.learn(abs(noise.normal())) }
    let tails = [0.0, 0.5, 1, 2, 3, 4, 6, 10].map { past.tail(of: $0) }
    #expect(zip(tails, tails.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(tails[0] > 0.9 && tails[2] > 0.2 && tails[2] < 0.45)
    #expect(tails[7] < 1e-6, "beyond the records the tail goes on")
  }

  @Test func knownValuesKeepTheExtremes() {
    var known = KnownValues(capacity: 16)
    var noise = Noise(seed: 2)
    #expect(known.nearest(1) == nil)
    known.learn(-50)
    known.learn(80)
    for _ in 0..<5000 { known.learn(noise.normal()) }
    #expect(known.nearest(-1000) == -50)
    #expect(known.nearest(1000) == 80)
    let gap = known.nearest(40).map { abs($0 - 40) } ?? 0
    #expect(gap > 30)
  }

  @Test func knownShapesForgetTheLeastNew() {
    var known = KnownShapes(capacity: 4)
    let flat = KnownShapes.Shape(repeating: 0)
    #expect(known.distance(to: flat) == nil)
    for level in [0, 100, 200, 1, 300, 2] { known.learn(flat + Float(level)) }
    #expect(known.distance(to: flat) == 0)
    #expect(known.distance(to: flat + 300) == 0)
    #expect(known.distance(to: flat + 2) == 16)
  }

  @Test func thePaceIsTheUsualStep() {
    var pace = RowPace()
    #expect(pace.step == nil)
    var seconds: Int64 = 0
    for row in 0..<1000 {
      seconds += row % 10 == 3 ? 86_400 : row % 10 == 5 ? -100 : 60
      pace.learn(Timestamp(seconds: seconds))
    }
    #expect(pace.step == 60_000_000_000)
    for _ in 0..<60 {
      seconds += 300
      pace.learn(Timestamp(seconds: seconds))
    }
    #expect(pace.step == 300_000_000_000)
  }

  @Test func theRestIsProlongedAndBroken() {
    var rule = RestRule(threshold: 1, again: 2)
    let surprises: [Double] = [0, 1, 2, 0, 0, 3.5, 0, 0, 0, 1.1, 0]
    let verdicts = surprises.enumerated().map { rule.judge($1, row: $0, rest: 3) }
    #expect(
      verdicts == [
        .quiet, .news, .resting, .resting, .resting, .news, .resting, .resting, .resting, .news,
        .resting,
      ])
  }

  @Test(arguments: [60, 300, 3600, 86_400] as [Int64])
  func theProfileKnowsTheHourAtAnyPace(step: Int64) {
    var profile = SeasonalProfile(binMinutes: 30, visitWeight: 0.2, levelWeight: 0.005)
    let rows = 28 * 86_400 / step
    for row in 0..<rows {
      let seconds = row * step
      let value = Double(seconds / 86_400 % 7 * 10 + seconds % 86_400 / 43_200)
      profile.learn(value, at: Timestamp(seconds: seconds), step: step * 1_000_000_000)
    }
    let noon = Timestamp(seconds: 28 * 86_400 + 2 * 86_400 + (step == 86_400 ? 0 : 64_800))
    let (value, source) = profile.expected(at: noon, step: step * 1_000_000_000)
    #expect(source == .week)
    #expect(abs(value - (step == 86_400 ? 20 : 21)) < 0.01)
  }

  @Test func theBandHoldsNinetyNineInAHundred() {
    var band = ResidualBand()
    var noise = Noise(seed: 6)
    for _ in 0..<20_000 { band.learn(noise.normal()) }
    let (lower, upper) = band.bounds
    #expect(lower < -2.4 && lower > -2.8)
    #expect(upper > 2.4 && upper < 2.8)
  }

  /// The memory of a series doesn't grow: its parts have the sizes that they say.
  @Test func whatHasBeenSeenIsNoNews() {
    var ensemble = Ensemble()
    var told: [Int] = []
    for row in 0..<6000 {
      let value = row % 1500 == 1400 ? 900.0 : Double(row * 37 % 100)
      if ensemble.judge(Timestamp(seconds: Int64(row) * 300), value).isAnomaly { told.append(row) }
    }
    #expect(told.contains(1400))
    #expect(!told.contains(4400) && !told.contains(5900), "\(told)")
  }
}
