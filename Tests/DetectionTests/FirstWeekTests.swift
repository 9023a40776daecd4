import Detection
import Model
import Testing

/// What is told before a day and a week are known: floods and complaints, but no batch, morning or Monday.
@Suite struct FirstWeekTests {
  /// The minutes in which a group opens beside a service of `rest` entries a minute.
  private func opened(
    _ minutes: Range<Int>, severity: Severity = .info, rest: Int, seed: UInt64 = 11,
    watch: inout SpikeWatch, _ mean: (Int) -> Double
  ) -> [Int] {
    var noise = Noise(seed: seed)
    var opened: [Int] = []
    for minute in minutes {
      let count = noise.count(mean: mean(minute), size: 20)
      let findings = watch.close(
        facts(minute, services: [(9, rest, 0)], groups: [(1, count)], severity: severity))
      if findings.contains(where: { $0.kind == .opens && $0.series == .group(GroupID(number: 1)) })
      {
        opened.append(minute)
      }
    }
    return opened
  }

  /// By the rest of the stream, and the minutes known before.
  @Test(arguments: [(10, 200, true), (100, 200, false), (10, 40, false)])
  func aVolumeIsToldWhereItFloodsTheStream(_ rest: Int, _ before: Int, _ isTold: Bool) {
    var watch = SpikeWatch()
    let told = opened(0..<before + 10, rest: rest, watch: &watch) { $0 >= before ? 90 : 5 }
    #expect(told == (isTold ? [before] : []))
  }

  /// Twenty minutes at the same time each night.
  @Test(arguments: [(Severity.info, 0), (.warning, 1)])
  func aNightlyBatchIsToldInItsFirstNightAtMost(_ severity: Severity, _ first: Int) {
    var watch = SpikeWatch()
    var told: [Int] = []
    told = opened(0..<5 * 1440, severity: severity, rest: 100, watch: &watch) {
      (127..<147).contains($0 % 1440) ? 40 : 0
    }
    #expect(told.count == first)
    #expect(told.allSatisfy { (127..<135).contains($0) })
  }

  /// Three times as much from Monday on as on the week-end with which the run begins, and a day's rhythm.
  @Test(arguments: [1, 2] as [UInt64])
  func trafficThatFollowsTheWeekIsNoNews(_ seed: UInt64) {
    var watch = SpikeWatch()
    // A Saturday.
    let start = 2 * 1440
    let told = opened(start..<start + 9 * 1440, rest: 100, seed: seed, watch: &watch) {
      let isRest = $0 / 1440 % 7 == 2 || $0 / 1440 % 7 == 3
      return (isRest ? 8 : 24) * (0.4 + 1.2 * (1 - abs(2 * Double($0 % 1440) / 1440 - 1)))
    }
    #expect(told == [])
  }

  /// A complaint that stands out is told in two minutes on any day.
  @Test(arguments: [0, 1, 2, 6])
  func aRiseOfErrorsIsToldFromTheFirstDayOn(_ day: Int) {
    var watch = SpikeWatch()
    let onset = day * 1440 + 300
    let told = opened(0..<onset + 10, severity: .error, rest: 100, watch: &watch) {
      $0 >= onset ? 30 : 1
    }
    #expect(told.count == 1)
    #expect(told.allSatisfy { (onset...onset + 1).contains($0) })
  }
}
