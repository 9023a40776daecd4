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

  @Test func aTickClosesWhatNoEntryCloses() {
    var clock = EventClock(lateness: 30_000_000_000)
    _ = clock.see(seconds(10))
    #expect(clock.tick(seconds(95)) == .closes(upTo: Minute(number: 1)))
  }
}
