import Detection
import Model
import Testing

/// Streams of a week and more under seasonal profiles: a day's rhythm, batches, rises, silences, new levels.
@Suite struct SeasonalTests {
  /// Entries a minute of a day that rises to four times its least at noon.
  private static func rhythm(_ minute: Int, _ mean: Double) -> Double {
    let ofDay = Double(minute % 1440) / 1440
    return mean * (0.4 + 1.2 * (1 - abs(2 * ofDay - 1)))
  }

  /// Runs a group of errors, or of warnings and above, for `days`; tells what opened on a day from `from` on.
  private func run(
    days: Int, seed: UInt64 = 1, severity: Severity = .error, from: Int = 7,
    watch: inout SpikeWatch, _ mean: (Int) -> Double
  ) -> [Finding] {
    var noise = Noise(seed: seed)
    var told: [Finding] = []
    for minute in 0..<days * 1440 {
      let count = noise.count(mean: mean(minute), size: 20)
      let findings = watch.close(
        facts(minute, services: [(9, 30 + minute % 2, 0)], groups: [(1, count)], severity: severity)
      )
      if minute >= from * 1440 { told += findings.filter { $0.kind != .exceeds } }
    }
    return told
  }

  @Test(arguments: [0.05, 0.5, 5, 50])
  func aRhythmIsNoNews(_ mean: Double) {
    var opened = 0
    for seed in 1...2 as ClosedRange<UInt64> {
      var watch = SpikeWatch()
      let told = run(days: 10, seed: seed, from: 2, watch: &watch) { Self.rhythm($0, mean) }
      opened += told.count { $0.kind == .opens }
    }
    #expect(opened == 0)
  }

  /// By mean, factor and the minutes within which it has to be told.
  @Test(arguments: [
    (50.0, 3.0, 2), (10.0, 6.0, 2), (5.0, 3.0, 20), (1.0, 4.0, 20), (0.1, 12.0, 30),
  ])
  func aRiseIsTold(_ mean: Double, _ factor: Double, _ within: Int) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      var watch = SpikeWatch()
      let onset = 8 * 1440 + 600
      let told = run(days: 9, seed: seed, from: 8, watch: &watch) {
        Self.rhythm($0, mean) * ((onset..<onset + 30).contains($0) ? factor : 1)
      }
      let first = try #require(told.first { $0.kind == .opens })
      #expect((onset..<onset + within).contains(Int(first.minute.number)))
      #expect(abs(Int(first.since.number) - onset) <= 20)
      #expect(first.reading.name == "seasonal")
      #expect(first.reading.actual > first.reading.typical)
      let probability = try #require(first.reading.probability)
      #expect(probability < 1e-5)
      #expect(told.contains { $0.kind == .ends })
    }
  }

  /// Twenty minutes at the same time each night: told on the first nights at most.
  @Test(arguments: [Severity.info, .warning])
  func aNightlyBatchIsNoNewsFromTheThirdNightOn(_ severity: Severity) {
    var watch = SpikeWatch()
    let told = run(days: 9, severity: severity, from: 3, watch: &watch) {
      (127..<147).contains($0 % 1440) ? 40 : 0.5
    }
    #expect(told.filter { $0.kind == .opens }.isEmpty)
  }

  @Test func aStepThatStaysBecomesTheLevel() {
    var watch = SpikeWatch()
    let onset = 8 * 1440 + 300
    let told = run(days: 10, from: 8, watch: &watch) { $0 >= onset ? 40 : 10 }
    #expect(told.first?.kind == .opens)
    #expect(told.filter { $0.kind == .newLevel }.count == 1)
    #expect(told.filter { $0.kind == .opens }.count == 1)
  }

  /// A volume that doubles is no news.
  @Test func stepsOfTrafficAreNoNews() {
    var watch = SpikeWatch()
    let told = run(days: 10, severity: .info, from: 7, watch: &watch) {
      Self.rhythm($0, 60) * ($0 >= 8 * 1440 + 300 ? 2 : 1)
    }
    #expect(told.isEmpty)
  }

  /// Minutes of silence until it is told, by usual entries a minute; none where it was never told.
  @Test(arguments: [(30, 3), (8, 3), (4, 6)])
  func aServiceThatFallsSilentIsTold(_ mean: Int, _ within: Int) throws {
    var watch = SpikeWatch()
    var noise = Noise(seed: 3)
    var silences: [Int] = []
    let onset = 3 * 1440 + 200
    for minute in 0..<onset + 30 {
      let count = minute >= onset ? 0 : max(noise.count(mean: Double(mean), size: 20), 0)
      let findings = watch.close(facts(minute, services: [(1, count, 0), (2, 5, 0)]))
      for finding in findings where finding.reading.name == "silence" {
        silences.append(minute)
        #expect(finding.kind == .opens)
        #expect(finding.series == .service(Symbol(number: 1)))
        #expect(finding.reading.actual == 0)
        #expect(finding.since == Minute(number: Int64(onset)))
      }
    }
    #expect(silences.count == 1)
    let told = try #require(silences.first)
    #expect(told - onset + 1 >= 3)
    #expect(told - onset + 1 <= within)
  }

  @Test func aFallToAQuarterIsADrop() throws {
    var watch = SpikeWatch()
    var noise = Noise(seed: 4)
    let onset = 8 * 1440
    var drops: [Finding] = []
    for minute in 0..<onset + 120 {
      let mean = (onset..<onset + 40).contains(minute) ? 5.0 : 20
      drops += watch.close(facts(minute, services: [(1, noise.count(mean: mean, size: 20), 0)]))
        .filter { $0.reading.name == "drop" }
    }
    #expect(drops.first?.kind == .opens)
    #expect(drops.last?.kind == .ends)
    #expect(drops.dropFirst().dropLast().allSatisfy { $0.kind == .lasts })
    let first = try #require(drops.first)
    // It is told of each minute that it lasts.
    #expect(
      drops.map(\.minute.number)
        == Array(first.minute.number..<first.minute.number + Int64(drops.count)))
    #expect(Int(first.minute.number) < onset + 20)
    #expect(first.reading.minutes == 15)
  }

  /// A series that comes to be busier than one in a drop does not take its place: the drop's end would never be told.
  @Test func aDropKeepsItsProfile() {
    var watch = SpikeWatch(profiles: 2)
    var noise = Noise(seed: 4)
    let onset = 8 * 1440
    var drops: [Finding.Kind] = []
    for minute in 0..<onset + 120 {
      let isLow = (onset..<onset + 50).contains(minute)
      drops +=
        watch.close(
          facts(
            minute, services: [(1, noise.count(mean: isLow ? 5 : 20, size: 20), 0), (2, 30, 0)],
            groups: isLow ? [(3, 100)] : [])
        )
        .filter { $0.reading.name == "drop" && $0.kind != .lasts }.map(\.kind)
    }
    #expect(drops == [.opens, .ends])
  }

  @Test func aProfileMovesWithItsGroup() throws {
    var watch = SpikeWatch()
    var noise = Noise(seed: 5)
    for minute in 0..<3 * 1440 {
      _ = watch.close(facts(minute, groups: [(1, noise.poisson(3)), (2, noise.poisson(2))]))
    }
    let before = watch.profileCount
    watch.moved(from: GroupID(number: 1), to: GroupID(number: 2))
    #expect(watch.profileCount == before - 1)
    watch.moved(from: GroupID(number: 2), to: GroupID(number: 7))
    #expect(watch.profileCount == before - 1)
    var opened: [SeriesKey] = []
    for minute in 3 * 1440..<3 * 1440 + 120 {
      let mean = minute >= 3 * 1440 + 100 ? 60.0 : 5
      opened += watch.close(facts(minute, groups: [(7, noise.poisson(mean))]))
        .filter { $0.kind == .opens }.map(\.series)
    }
    #expect(opened == [.group(GroupID(number: 7))])
  }

  /// More busy series than profiles: the busiest have them, whatever came first.
  @Test func theBusiestSeriesHaveProfiles() {
    var watch = SpikeWatch(profiles: 4)
    for minute in 0..<1440 {
      let groups = (1...8).map { (UInt64($0), minute % (1 << (9 - $0)) == 0 ? 1 : 0) }
      _ = watch.close(facts(minute, services: [(1, 1, 0)], groups: groups))
    }
    #expect(watch.profileCount == 4)
    #expect(watch.expectedPerDay == nil || watch.expectedPerDay ?? 0 > 0)
  }

  @Test func equalStreamsGiveEqualFindings() {
    func told() -> [String] {
      var watch = SpikeWatch(profiles: 3)
      return run(days: 3, from: 0, watch: &watch) { Self.rhythm($0, 5) }.map {
        "\($0.minute.number) \($0.kind) \($0.series) \($0.reading.actual)"
      }
    }
    #expect(told() == told())
  }
}
