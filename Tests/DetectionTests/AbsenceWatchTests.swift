import Bytes
import Model
import Testing

@testable import Detection

/// Beats of one line, other entries of its source, and what is told at each minute's end.
struct BeatScene {
  var watch = AbsenceWatch()
  var minute = 0
  var told: [(minute: Int, change: ShiftFinding.Change, scope: ShiftFinding.Scope)] = []

  /// Takes the entries of the seconds up to `end`, minute by minute.
  ///
  /// - Parameters:
  ///   - beats: seconds at which the line comes.
  ///   - others: whether another service writes every 10 s.
  mutating func run(
    to end: Int, beats: [Int], others: Bool = true, service: UInt32 = 1, source: Int = 0
  ) {
    var beats = beats.sorted()[...]
    while minute * 60 < end {
      for second in (minute * 60)..<(minute * 60 + 60) {
        while let beat = beats.first, beat <= second {
          if beat == second { see(second, shape: 1, service: service, source) }
          beats.removeFirst()
        }
        if others, second % 10 == 3 { see(second, shape: 2, service: 2, source) }
      }
      let findings = watch.close(
        Minute(number: Int64(minute)), shapes: [],
        AbsenceWatch.Questions { GroupID(number: UInt64($0.index)) })
      for finding in findings { told.append((minute, finding.change, finding.scope)) }
      minute += 1
    }
  }

  private mutating func see(_ second: Int, shape: Int, service: UInt32, _ source: Int) {
    var entry = Entry()
    entry.time = Timestamp(seconds: Int64(second))
    entry.service = Symbol(number: service)
    watch.see(entry, shape: shape, source: source)
  }
}

@Suite struct AbsenceWatchTests {
  /// Beats from 0 to `end`, each early or late by at most `jitter`.
  static func beats(every interval: Int, to end: Int, jitter: Int = 0, seed: UInt64 = 1) -> [Int] {
    var noise = Noise(seed: seed)
    return stride(from: interval, to: end, by: interval).map {
      jitter == 0 ? $0 : $0 - jitter + Int(noise.next() % UInt64(2 * jitter + 1))
    }
  }

  /// Intervals of seconds and of minutes, exact and with jitter: found within three of them, or a minute after two.
  @Test(arguments: [
    (10, 0), (15, 3), (30, 6), (60, 0), (60, 2), (60, 12), (300, 0), (300, 20), (900, 60),
    (3600, 2),
  ])
  func aStoppedBeatIsFoundWithinThreeIntervals(_ interval: Int, _ jitter: Int) throws {
    var scene = BeatScene()
    let stop = max(40 * interval, 5400)
    scene.run(
      to: stop + 6 * max(interval, 60),
      beats: Self.beats(every: interval, to: stop, jitter: jitter))
    let first = try #require(scene.told.first)
    #expect(first.change == .opens)
    let told = (first.minute + 1) * 60
    #expect(told > stop)
    #expect(told <= stop + 3 * interval + (interval < 60 ? 120 : 60))
  }

  @Test(arguments: [(60, 12), (300, 20), (30, 6)])
  func aBeatThatGoesOnIsNeverMissed(_ interval: Int, _ jitter: Int) {
    for seed in 1...10 as ClosedRange<UInt64> {
      var scene = BeatScene()
      let end = 400 * interval
      scene.run(to: end, beats: Self.beats(every: interval, to: end, jitter: jitter, seed: seed))
      #expect(scene.told.isEmpty)
    }
  }

  @Test func aLostBeatIsNoAbsenceAndOneThatReturnsEndsIt() {
    var scene = BeatScene()
    var beats = Self.beats(every: 60, to: 7200).filter { $0 != 6000 }
    beats += Self.beats(every: 60, to: 10_800).filter { $0 >= 9000 }
    scene.run(to: 10_800, beats: beats)
    #expect(scene.told.map(\.change) == [.opens, .ends])
    #expect(scene.told.map(\.minute) == [121, 150])
  }

  /// What comes at random is never waited for, however often it comes.
  @Test(arguments: [2.0, 8.0, 40.0, 200.0])
  func chanceIsNoRhythm(_ mean: Double) {
    for seed in 1...8 as ClosedRange<UInt64> {
      var noise = Noise(seed: seed)
      var scene = BeatScene()
      var beats: [Int] = []
      var at = 0.0
      while at < 86_400 {
        at += mean * noise.exponential()
        beats.append(Int(at))
      }
      scene.run(to: 86_400, beats: beats)
      #expect(scene.told.isEmpty)
    }
  }

  /// A shape that comes at random sleeps most of the time; once it beats, it is learned in the hours in which it is looked
  /// at, and missed like any other.
  @Test func whatCameAtRandomAndBeatsNowIsMissed() throws {
    var noise = Noise(seed: 3)
    var scene = BeatScene()
    var beats: [Int] = []
    var at = 0.0
    while at < 43_200 {
      at += 20 * noise.exponential()
      beats.append(Int(at))
    }
    scene.run(to: 43_200, beats: beats)
    #expect(scene.watch.sleepingCount == 1)
    let stop = 43_200 + 24 * 3600
    beats = Self.beats(every: 60, to: stop).filter { $0 > 43_200 }
    scene.run(to: stop, beats: beats)
    #expect(scene.watch.sleepingCount == 0)
    #expect(scene.told.isEmpty)
    scene.run(to: stop + 600, beats: [])
    let first = try #require(scene.told.first)
    #expect(first.change == .opens)
    #expect((first.minute + 1) * 60 <= stop + 240)
  }

  @Test func aGapOfTheInputIsNoAbsence() {
    var scene = BeatScene()
    scene.run(to: 7200, beats: Self.beats(every: 60, to: 7200))
    // Half an hour without any entry of the source.
    scene.run(to: 9000, beats: [], others: false)
    scene.run(to: 12_600, beats: Self.beats(every: 60, to: 12_600).filter { $0 >= 9030 })
    #expect(scene.told.isEmpty)
  }

  @Test func aSourceThatEndedIsNoAbsence() {
    var scene = BeatScene()
    scene.run(to: 7200, beats: Self.beats(every: 60, to: 7200), source: 1)
    scene.run(to: 10_800, beats: [], source: 2)
    #expect(scene.told.isEmpty)
  }

  @Test func aServiceThatSaysNothingAtAllIsToldAsAWhole() {
    var scene = BeatScene()
    scene.run(to: 10_800, beats: Self.beats(every: 60, to: 7200))
    #expect(scene.told.first?.scope == .service)
    var beside = BeatScene()
    beside.run(to: 10_800, beats: Self.beats(every: 60, to: 7200), service: 2)
    #expect(beside.told.first?.scope == .line)
  }

  @Test func whatStaysAwayIsTheNewUsual() {
    var scene = BeatScene()
    scene.run(to: 18_000, beats: Self.beats(every: 60, to: 7200))
    #expect(scene.told.map(\.change) == [.opens, .settles])
  }

  @Test func anEpisodeIsForgottenAfterSixHours() {
    var scene = BeatScene()
    scene.run(to: 2400, beats: Self.beats(every: 16, to: 2400))
    #expect(scene.watch.regularCount == 2)
    scene.run(to: 30_000, beats: [])
    #expect(scene.watch.regularCount == 1)
    #expect(scene.told.isEmpty)
  }

  /// A line that was missed and comes back in a flood.
  @Test func whatComesTooOftenIsBack() {
    var scene = BeatScene()
    scene.run(to: 7800, beats: Self.beats(every: 60, to: 7200))
    #expect(scene.told.map(\.change) == [.opens])
    let findings = scene.watch.close(
      Minute(number: 131), shapes: [(ShapeNumber(index: 1), 301)],
      AbsenceWatch.Questions { GroupID(number: UInt64($0.index)) })
    #expect(findings.map(\.change) == [.ends])
  }

  /// A crash loop's restarts, a job that reports as it goes.
  @Test(arguments: [10, 16, 60])
  func theEndOfAnEpisodeIsNoAbsence(_ interval: Int) {
    var scene = BeatScene()
    scene.run(to: 10_800, beats: Self.beats(every: interval, to: 2400))
    #expect(scene.told.isEmpty)
  }

  @Test func linesWithoutRoomAreCounted() {
    var watch = AbsenceWatch()
    for host in 0..<200 as Range<UInt32> {
      var entry = Entry()
      entry.time = Timestamp(seconds: 1)
      entry.host = Symbol(number: host + 1)
      watch.see(entry, shape: 1, source: 0)
    }
    #expect(watch.lineCount == 64)
    #expect(watch.refused == 136)
  }

  /// Shapes and names have other numbers in the next run.
  private static var places: KeptNames {
    KeptNames(
      place: { $0.index + 10 }, symbol: { $0 >= 10 ? Symbol(number: UInt32($0 - 10)) : nil },
      placeOfShape: { $0 + 5 }, shape: { $0 >= 5 ? $0 - 5 : nil })
  }

  /// A heartbeat that an earlier run knew is missed in the next as soon as it has come once; by itself it would need an hour.
  @Test(arguments: [true, false])
  func aKnownBeatIsMissedAfterARestart(_ isKept: Bool) throws {
    var first = BeatScene()
    first.run(to: 10_800, beats: Self.beats(every: 60, to: 10_800, jitter: 2))
    let kept = first.watch.kept(Self.places)
    var scene = BeatScene()
    scene.minute = 240
    if isKept {
      let earlier = try #require(AbsenceWatch(kept: kept, Self.places))
      #expect(earlier.regularCount == first.watch.regularCount)
      scene.watch.resume(earlier)
      #expect(scene.watch.regularCount == first.watch.regularCount)
    }
    let beats = stride(from: 14_460, to: 15_000, by: 60).map { $0 }
    scene.run(to: 17_000, beats: beats)
    #expect(scene.told.map(\.change) == (isKept ? [.opens] : []))
    if let told = scene.told.first { #expect(told.minute * 60 < 15_000 + 4 * 60) }
  }

  /// One that has not come since is waited for, and is nobody's absence.
  @Test func whatDoesNotComeAgainAfterARestartIsWaitedFor() throws {
    var first = BeatScene()
    first.run(to: 10_800, beats: Self.beats(every: 60, to: 10_800))
    var scene = BeatScene()
    scene.watch.resume(
      try #require(AbsenceWatch(kept: first.watch.kept(Self.places), Self.places)))
    scene.minute = 240
    scene.run(to: 60_000, beats: [])
    #expect(scene.told.isEmpty)
    #expect(scene.watch.regularCount <= 1)
  }

  @Test func keptBytesMayBeAnything() {
    var first = BeatScene()
    first.run(to: 10_800, beats: Self.beats(every: 60, to: 10_800, jitter: 2))
    let body = Array(first.watch.kept(Self.places)[9...])
    var noise = Noise(seed: 12)
    var taken = 0
    for _ in 0..<2000 {
      var bytes = body
      for _ in 0...Int(noise.next() % 2) {
        bytes[Int(noise.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: noise.next())
      }
      let hash = StableHash(bytes.span).high
      let sealed = [1] + (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) } + bytes
      guard let earlier = AbsenceWatch(kept: sealed, Self.places) else { continue }
      taken += 1
      var scene = BeatScene()
      scene.watch.resume(earlier)
      scene.minute = 240
      scene.run(to: 14_700, beats: [14_460, 14_520])
    }
    #expect(taken > 50)
  }
}
