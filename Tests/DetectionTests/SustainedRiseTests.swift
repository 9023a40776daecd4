import Detection
import Model
import Testing

@Suite struct SustainedRiseTests {
  /// Four a minute where two in five minutes are usual: no minute reaches the floor of the named rules.
  private func run(_ high: Int, minutes: Int, severity: Severity = .error) -> [Finding] {
    var watch = SpikeWatch()
    var told: [Finding] = []
    for minute in 0..<200 {
      let usual = minute % 5 < 2 ? 1 : 0
      let count = (100..<(100 + minutes)).contains(minute) ? high : usual
      told += watch.close(facts(minute, groups: [(1, count)], severity: severity))
        .filter { $0.kind != .exceeds }
    }
    return told
  }

  @Test func aLowRiseOpensLastsAndEnds() throws {
    let told = run(4, minutes: 20)
    let first = try #require(told.first)
    #expect(first.kind == .opens)
    #expect((103...105).contains(Int(first.minute.number)))
    #expect(first.since == Minute(number: 100))
    #expect(first.reading.name == "five_minute_sum")
    #expect(first.reading.unit == "entries/5min")
    #expect(told.last?.kind == .ends)
    #expect((120...126).contains(Int(told.last?.minute.number ?? 0)))
    #expect(told.dropFirst().dropLast().allSatisfy { $0.kind == .lasts })
  }

  @Test func afterAnHourItIsTheNewLevel() {
    let told = run(4, minutes: 100)
    #expect(told.count { $0.kind == .opens } == 1)
    #expect(told.last?.kind == .newLevel)
  }

  @Test func itTakesSeveralMinutes() {
    #expect(run(4, minutes: 2).isEmpty)
  }

  @Test func volumeNeedsNoSuchCare() {
    #expect(run(4, minutes: 20, severity: .info).isEmpty)
  }
}
