import Flow
import Model
import Testing

struct EventClockTests {
  private func seconds(_ value: Int64) -> Timestamp { Timestamp(seconds: value) }

  @Test func closesAMinuteOnlyAfterTheLateness() {
    var clock = EventClock(lateness: 30_000_000_000)
    #expect(clock.see(seconds(10)) == .onTime)
    #expect(clock.see(seconds(89)) == .onTime)
    #expect(clock.see(seconds(90)) == .closes(upTo: Minute(number: 1)))
    #expect(clock.see(seconds(91)) == .onTime)
  }

  @Test func whatComesForAClosedMinuteIsLate() {
    var clock = EventClock(lateness: 30_000_000_000)
    _ = clock.see(seconds(10))
    _ = clock.see(seconds(100))
    #expect(clock.see(seconds(59)) == .late)
    #expect(clock.see(seconds(60)) == .onTime)
  }

  @Test func aLoneStampFarAheadClosesNothing() {
    var clock = EventClock(lateness: 0)
    _ = clock.see(seconds(10))
    let stray = EventClock.Stray(minute: seconds(1_000_000).minute, source: 3, host: .none)
    #expect(clock.see(seconds(1_000_000)) == .leaps)
    clock.hold(stray)
    #expect(clock.latest == seconds(1_000_000))
    #expect(clock.see(seconds(20)) == .contradicts)
    #expect(clock.disbelieve() == [stray])
    #expect(clock.see(seconds(20)) == .onTime)
    #expect(clock.disbelieve() == [])
    #expect(clock.watermark == seconds(20))
    #expect(clock.suspectStamps == 1)
  }

  @Test func aLeapThatIsConfirmedIsTaken() {
    var clock = EventClock(lateness: 0)
    _ = clock.see(seconds(10))
    #expect(clock.see(seconds(1_000_000)) == .leaps)
    #expect(clock.see(seconds(1_000_001)) == .leaps)
    #expect(clock.see(seconds(1_000_002)) == .closes(upTo: seconds(1_000_002).minute))
    #expect(clock.suspectStamps == 0)
  }

  @Test func aSparseStreamGoesOn() {
    var clock = EventClock(lateness: 0)
    for hour in 0..<12 { _ = clock.see(seconds(Int64(hour) * 7200)) }
    #expect(clock.watermark >= seconds(9 * 7200))
    #expect(clock.suspectStamps == 0)
  }

  /// Stamps that the stretch holds are passed over: that must say and leave the same as asking about each.
  @Test(arguments: [Int64(0), 30, 7200], [UInt64(1), 2, 3])
  func whatTheStretchHoldsIsOnTime(_ lateness: Int64, _ seed: UInt64) {
    var state = seed
    func random(_ below: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % Int64(below)
    }
    var asked = EventClock(lateness: lateness * 1_000_000_000)
    var passed = asked
    var now: Int64 = 100_000
    var passes = 0
    for _ in 0..<5000 {
      now += random(8)
      let kind = random(200)
      let time = seconds(
        kind == 0 ? now + 50_000 : kind == 1 ? now - 4000 : kind < 20 ? now - random(300) : now)
      var verdict = asked.see(time)
      if verdict == .leaps {
        let stray = EventClock.Stray(minute: time.minute, source: 0, host: .none)
        asked.hold(stray)
        passed.hold(stray)
      }
      if passed.stretch?.contains(time.nanoseconds) == true {
        passed.pass(to: time)
        passes += 1
        #expect(verdict == .onTime, "seed \(seed)")
      } else {
        #expect(passed.see(time) == verdict, "seed \(seed)")
      }
      if verdict == .contradicts {
        #expect(asked.disbelieve() == passed.disbelieve())
        verdict = asked.see(time)
        #expect(passed.see(time) == verdict, "seed \(seed)")
      }
      #expect(asked.watermark == passed.watermark, "seed \(seed)")
      #expect(asked.firstOpen == passed.firstOpen, "seed \(seed)")
    }
    #expect(passes > 1000)
  }

  @Test func aTickClosesWhatNoEntryCloses() {
    var clock = EventClock(lateness: 30_000_000_000)
    _ = clock.see(seconds(10))
    #expect(clock.tick(seconds(95)) == .closes(upTo: Minute(number: 1)))
  }
}
