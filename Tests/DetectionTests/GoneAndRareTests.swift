import Model
import Testing

@testable import Detection

@Suite struct GoneWatchTests {
  /// A shape at `rate` a minute until `stop`, in a service that goes on until `end` at `others` a minute.
  private func run(
    _ rate: Double, stop: Int, others: (Int) -> Int, severity: Severity = .info, minutes: Int = 900
  ) -> [(minute: Int, change: ShiftFinding.Change)] {
    var noise = Noise(seed: 9)
    var watch = GoneWatch()
    var told: [(Int, ShiftFinding.Change)] = []
    var last = 0
    for minute in 0..<minutes {
      let count = minute < stop ? noise.poisson(rate) : 0
      if count > 0 { last = minute }
      let facts = facts(minute, services: [(1, count + others(minute), 0)])
      let lastSeen = Minute(number: Int64(last)).start
      told += watch.close(
        facts, shapes: count > 0 ? [(ShapeNumber(index: 1), count)] : [],
        isPeriodic: { _ in false },
        GoneWatch.Questions { _ in
          GoneWatch.Questions.Answer(
            group: GroupID(number: 1), service: Symbol(number: 1), lastSeen: lastSeen,
            severity: severity)
        }
      ).map { (minute, $0.change) }
    }
    return told
  }

  @Test func aSteadyGroupThatStopsIsGone() throws {
    let told = run(2, stop: 600, others: { _ in 20 })
    let first = try #require(told.first)
    #expect(first.change == .opens)
    #expect((630...640).contains(first.minute))
  }

  @Test func whatGoesOnOrFallsWithItsServiceIsNotGone() {
    #expect(run(2, stop: 2000, others: { _ in 20 }).isEmpty)
    #expect(run(2, stop: 600, others: { $0 < 600 ? 20 : 2 }).isEmpty)
    #expect(run(0.05, stop: 600, others: { _ in 20 }).isEmpty)
    #expect(run(2, stop: 600, others: { _ in 20 }, severity: .error).isEmpty)
  }
}

@Suite struct RareWatchTests {
  /// Warnings of groups that come once each, at these minutes; which of them are told.
  private func run(_ minutes: [Int], severity: Severity = .warning) -> (told: [Int], withheld: Int)
  {
    var watch = RareWatch()
    var told: [Int] = []
    for minute in 0...(minutes.max() ?? 0) {
      var shapes: [(shape: ShapeNumber, entries: Int)] = []
      var groups: [(UInt64, Int)] = [(7, 3)]
      if let index = minutes.firstIndex(of: minute) {
        shapes = [(ShapeNumber(index: index + 10), 1)]
        groups.append((UInt64(index + 10), 1))
      }
      let facts = facts(minute, groups: groups, severity: severity)
      let found = watch.close(
        facts, shapes: shapes,
        RareWatch.Questions(
          group: { GroupID(number: UInt64($0.index)) },
          brief: { _, _ in GroupBrief(count: 1, severity: severity) }, service: { _ in .none }))
      if !found.isEmpty { told.append(minute) }
    }
    return (told, watch.withheld)
  }

  @Test func whatIsRareIsToldOnceInTwelveHours() {
    let seen = run([5, 900, 950, 1000, 1800])
    #expect(seen.told == [900, 1800])
    #expect(seen.withheld == 3)
  }

  @Test func inAStreamOfRareThingsNoneIsTold() {
    let seen = run(Array(stride(from: 10, to: 4000, by: 300)))
    #expect(seen.told.isEmpty)
    #expect(seen.withheld > 5)
  }

  @Test func infoIsNotTold() { #expect(run([900], severity: .info).told.isEmpty) }
}
