import Detection
import Model
import Testing

@Suite struct SpikeWatchTests {
  private let group = SeriesKey.group(GroupID(number: 1))

  /// Feeds counts of one group, minute by minute, and lists the state changes.
  private func run(
    _ counts: [Int], from start: Int = 0, _ watch: inout SpikeWatch
  ) -> [(Int, Finding.Kind)] {
    var told: [(Int, Finding.Kind)] = []
    for (offset, count) in counts.enumerated() {
      for finding in watch.close(facts(start + offset, groups: [(1, count)]))
      where finding.kind != .exceeds {
        told.append((start + offset, finding.kind))
      }
    }
    return told
  }

  @Test func aSpikeIsOneFindingThatOpensLastsAndEnds() {
    var watch = SpikeWatch()
    let calm = Array(repeating: 2, count: 30)
    let told = run(calm + [40, 45, 50, 40] + Array(repeating: 2, count: 10), &watch)
    #expect(told.map(\.0) == [30, 31, 32, 33, 36])
    #expect(told.map(\.1) == [.opens, .lasts, .lasts, .lasts, .ends])
  }

  @Test func aFindingTellsItsEvidence() throws {
    var watch = SpikeWatch()
    _ = run(Array(repeating: 2, count: 30), &watch)
    let findings = watch.close(facts(30, groups: [(1, 40)]))
    #expect(findings.map(\.kind) == [.exceeds, .exceeds, .opens])
    let opens = try #require(findings.last)
    #expect(opens.series == group)
    #expect(opens.since == Minute(number: 30))
    #expect(opens.reading.name == "rolling_zscore")
    #expect(opens.reading.actual == 40)
    #expect(opens.reading.typical == 2)
    #expect(opens.reading.count == 30)
    let probability = try #require(opens.reading.probability)
    #expect(probability < 1e-8)
    #expect(Set(findings.dropLast().map(\.reading.name)) == ["rolling_zscore", "two_sigma"])
  }

  @Test func afterAnHourItEndsAsTheNewLevel() {
    var watch = SpikeWatch()
    let told = run(Array(repeating: 2, count: 30) + Array(repeating: 40, count: 100), &watch)
    #expect(told.first?.1 == .opens)
    #expect(told.last?.0 == 89)
    #expect(told.last?.1 == .newLevel)
  }

  @Test func silenceIsZeroFilledLazily() {
    var sparse = SpikeWatch()
    var dense = SpikeWatch()
    var noise = Noise(seed: 3)
    for minute in 0..<3000 {
      let count = noise.uniform() < 0.05 ? noise.count(mean: 12, size: 1) : 0
      let left = sparse.close(facts(minute, groups: [(1, count)]))
      // A second group in each minute must not matter to the first.
      let right = dense.close(facts(minute, groups: [(1, count), (2, 1)]))
        .filter { $0.series == group }
      #expect(left.map(\.kind) == right.map(\.kind), "minute \(minute)")
      #expect(left.map(\.reading.typical) == right.map(\.reading.typical))
    }
  }

  @Test func aSeriesThatBeginsLateIsZeroFilledFromTheStart() throws {
    var watch = SpikeWatch()
    for minute in 0..<40 { _ = watch.close(facts(minute, errors: 1)) }
    let findings = watch.close(facts(40, groups: [(7, 12)]))
    let opens = try #require(findings.first { $0.kind == .opens })
    #expect(opens.reading.count == 40)
    #expect(opens.reading.typical == 0)
  }

  @Test func theWarmUpCountsMinutesOfTheRun() {
    var watch = SpikeWatch()
    for minute in 0..<9 { _ = watch.close(facts(minute, errors: 1)) }
    #expect(watch.close(facts(9, groups: [(7, 500)])).allSatisfy { $0.reading.name == "two_sigma" })
    #expect(watch.isWarm)
  }

  @Test func aGapIsNoZero() throws {
    func typical(gap: Bool) throws -> (Double, Int) {
      var watch = SpikeWatch()
      for minute in 0..<20 { _ = watch.close(facts(minute, groups: [(1, 6)])) }
      for minute in 20..<40 {
        var silent = facts(minute)
        silent.isGap = gap
        _ = watch.close(silent)
      }
      let found = watch.close(facts(40, groups: [(1, 100)])).first { $0.kind == .opens }
      let reading = try #require(found).reading
      return (reading.typical, reading.count)
    }
    #expect(try typical(gap: true) == (6, 20))
    #expect(try typical(gap: false) == (3, 40))
  }

  @Test func twoHighMinutesOpenWhereOneDoesNot() {
    var watch = SpikeWatch()
    // Mean 100 and chance: 160 is z = 6, but not three times the mean.
    var noise = Noise(seed: 77)
    _ = run((0..<60).map { _ in noise.poisson(100) }, &watch)
    #expect(run([165], from: 60, &watch).isEmpty)
    #expect(run([165], from: 61, &watch).map(\.1) == [.opens])
  }

  /// The batch makes up all of the stream the first time, so it floods it.
  @Test func aBatchThatComesAgainIsNoNewsAsVolume() {
    var watch = SpikeWatch()
    var opened: [Int] = []
    for minute in 0..<(3 * 1440) {
      let count = minute % 1440 >= 120 && minute % 1440 < 140 ? 60 : 3
      let findings = watch.close(facts(minute, groups: [(1, count)], severity: .info))
      if findings.contains(where: { $0.kind == .opens }) { opened.append(minute) }
    }
    #expect(opened == [120])
  }

  @Test func anErrorSpikeThatComesAgainIsToldAgain() {
    var watch = SpikeWatch()
    var opened: [Int] = []
    for minute in 0..<1000 {
      let count = minute % 300 >= 250 && minute % 300 < 260 ? 60 : 3
      let findings = watch.close(facts(minute, groups: [(1, count)]))
      if findings.contains(where: { $0.kind == .opens }) { opened.append(minute) }
    }
    #expect(opened == [250, 550, 850])
  }

  @Test func movedGroupsAddTheirHistories() throws {
    var watch = SpikeWatch()
    for minute in 0..<30 { _ = watch.close(facts(minute, groups: [(1, 2), (2, 3)])) }
    watch.moved(from: GroupID(number: 1), to: GroupID(number: 2))
    watch.moved(from: GroupID(number: 9), to: GroupID(number: 2))
    watch.moved(from: GroupID(number: 2), to: GroupID(number: 3))
    let opens = try #require(
      watch.close(facts(30, groups: [(3, 80)])).first { $0.kind == .opens })
    #expect(opens.reading.typical == 5)
    #expect(watch.seriesCount == 1)
  }

  @Test func aSpikeGoesOnUnderItsNewName() {
    var watch = SpikeWatch()
    for minute in 0..<30 { _ = watch.close(facts(minute, groups: [(1, 2), (2, 1)])) }
    _ = watch.close(facts(30, groups: [(1, 50), (2, 1)]))
    watch.moved(from: GroupID(number: 1), to: GroupID(number: 2))
    let findings = watch.close(facts(31, groups: [(2, 50)]))
    #expect(findings.contains { $0.kind == .lasts && $0.since == Minute(number: 30) })
  }

  @Test func theLeastRecentlyNonZeroSeriesGoesFirst() {
    var watch = SpikeWatch(limit: 3)
    _ = watch.close(facts(0, groups: [(1, 1), (2, 1), (3, 1)]))
    _ = watch.close(facts(1, groups: [(1, 1)]))
    _ = watch.close(facts(2, groups: [(4, 1)]))
    #expect(watch.seriesCount == 3)
    #expect(watch.evicted == 1)
    for minute in 3..<400 { _ = watch.close(facts(minute, groups: [(UInt64(1000 + minute), 1)])) }
    #expect(watch.seriesCount == 3)
    #expect(watch.evicted + watch.refused == 1 + 397)
  }

  @Test func findingsAreOrderedBySeries() {
    var watch = SpikeWatch()
    for minute in 0..<20 {
      _ = watch.close(
        facts(minute, errors: 2, services: [(1, 3, 1), (2, 3, 1)], groups: [(5, 1), (6, 1)]))
    }
    let findings = watch.close(
      facts(20, errors: 90, services: [(1, 50, 40), (2, 60, 50)], groups: [(5, 40), (6, 50)]))
    #expect(findings.map(\.series) == findings.map(\.series).sorted())
    #expect(Set(findings.map(\.series)).count == 7)
  }
}
