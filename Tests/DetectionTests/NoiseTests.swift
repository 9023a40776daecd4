import Detection
import Model
import Testing

/// What the detectors make of streams in which nothing happens: simulated, seeded, a day a series.
@Suite struct NoiseTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    var mean: Double
    var size: Double
    /// Openings in 40 series-days that may not be exceeded.
    var most: Int
    var testDescription: String { "mean \(mean), size \(size)" }
  }

  static let kinds: [Kind] =
    [0.05, 0.5, 2, 10, 50, 200].map { Kind(mean: $0, size: .infinity, most: 0) }
    + [0.5, 2, 10, 50, 200].map { Kind(mean: $0, size: 20, most: 0) }
    + [0.5, 2, 10, 50, 200].map { Kind(mean: $0, size: 5, most: 1) }
    + [2, 10, 50].map { Kind(mean: $0, size: 1, most: 12) }

  @Test(arguments: kinds)
  func chanceHardlyOpens(kind: Kind) {
    let days = 40
    var opened = 0
    for seed in 0..<UInt64(days) {
      var noise = Noise(seed: seed &* 7919 &+ 17)
      var watch = SpikeWatch()
      for minute in 0..<1440 {
        let count = noise.count(mean: kind.mean, size: kind.size)
        _ = watch.close(facts(minute, groups: [(1, count)]))
      }
      opened += watch.tally.opened
    }
    #expect(opened <= kind.most, "\(opened) in \(days) days")
  }

  /// Both named rules do fire on chance alone: that is why neither opens an insight by itself.
  @Test func theNamedRulesFireOnChance() {
    var watch = SpikeWatch()
    var noise = Noise(seed: 5)
    for minute in 0..<1440 {
      _ = watch.close(facts(minute, groups: [(1, noise.poisson(10))]))
    }
    #expect((1...30).contains(watch.tally.rollingZScore))
    #expect((20...100).contains(watch.tally.twoSigma))
  }

  /// Recall by factor: a spike of 20 minutes on Poisson noise is opened within five minutes.
  @Test(arguments: [(5.0, 5.0, 16), (2.0, 10.0, 18), (30.0, 3.0, 18), (200.0, 2.0, 19)])
  func spikesAreFound(mean: Double, factor: Double, least: Int) {
    var found = 0
    for seed in 0..<UInt64(20) {
      var noise = Noise(seed: seed &* 104_729 &+ 3)
      var watch = SpikeWatch()
      var openedAt: Int?
      for minute in 0..<140 {
        let rate = minute >= 120 ? mean * factor : mean
        let findings = watch.close(facts(minute, groups: [(1, noise.poisson(rate))]))
        if findings.contains(where: { $0.kind == .opens }) { openedAt = openedAt ?? minute }
      }
      if let openedAt, (120...125).contains(openedAt) { found += 1 }
    }
    #expect(found >= least, "\(found) of 20")
  }
}

/// A minute's facts with groups of errors.
func facts(
  _ minute: Int, errors: Int = 0, services: [(UInt32, Int, Int)] = [],
  groups: [(UInt64, Int)] = [], severity: Severity = .error
) -> MinuteFacts {
  var facts = MinuteFacts(minute: Minute(number: Int64(minute)))
  facts.errors = errors
  facts.entries = errors + services.reduce(0) { $0 + $1.1 } + groups.reduce(0) { $0 + $1.1 }
  facts.services = services.map {
    .init(service: Symbol(number: $0.0), entries: $0.1, errors: $0.2)
  }
  facts.groups = groups.filter { $0.1 > 0 }.map {
    .init(group: GroupID(number: $0.0), entries: $0.1, severity: severity)
  }
  return facts
}
