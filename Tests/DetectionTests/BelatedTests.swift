import Detection
import Model
import Testing

/// What comes late for a closed minute is in the baselines from then on.
@Suite struct BelatedTests {
  private static func entry(at minute: Int) -> Entry {
    var entry = Entry()
    entry.time = Minute(number: Int64(minute)).start
    entry.service = Symbol(number: 9)
    entry.severity = .error
    return entry
  }

  /// What is said of minute 40, where minute 20's errors had come on time, late, or never.
  private func reading(comesLate: Bool, onTime: Bool, spike: Int? = nil) -> [String] {
    var watch = SpikeWatch()
    var found: [Finding] = []
    for minute in 0...40 {
      var count = minute % 2 == 0 ? 10 : 8
      if minute == 20, !onTime { count = 4 }
      if minute == spike { count = 90 }
      if minute == 40 { count = 60 }
      found = watch.close(
        facts(minute, services: [(9, count, count)], groups: [(1, count)], severity: .error))
      if minute == 25, comesLate {
        for _ in 0..<6 {
          watch.correct(Self.entry(at: 20), of: GroupID(number: 1), times: 1)
        }
      }
    }
    return found.filter { $0.kind == .exceeds }.map { "\($0.reading)" }
  }

  @Test func aBaselineThatWasCorrectedIsThatOfEntriesOnTime() {
    let whole = reading(comesLate: false, onTime: true)
    #expect(whole.count == 6)
    #expect(reading(comesLate: true, onTime: false) == whole)
    #expect(reading(comesLate: false, onTime: false) != whole)
  }

  /// Behind minutes that the baseline kept out its places are no minutes; the 2-sigma rule's are.
  @Test func behindASpikeOnlyTheOtherWindowIsCorrected() {
    let late = reading(comesLate: true, onTime: false, spike: 23)
    let never = reading(comesLate: false, onTime: false, spike: 23)
    let rolling = { (readings: [String]) in readings.filter { $0.contains(RollingZScore.name) } }
    #expect(rolling(late) == rolling(never))
    #expect(late != never)
  }

  @Test func whatIsUnknownIsNotCounted() {
    var watch = SpikeWatch()
    watch.correct(Self.entry(at: 5), of: GroupID(number: 1), times: 3)
    _ = watch.close(facts(6, services: [(9, 1, 1)], groups: [(1, 1)], severity: .error))
    watch.correct(Self.entry(at: 5), of: GroupID(number: 1), times: 3)
    watch.correct(Self.entry(at: 6), of: GroupID(number: 77), times: 3)
    #expect(watch.seriesCount == 3)
  }
}
