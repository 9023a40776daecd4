import Flow
import Model
import Testing

/// Sources that come as they are written: each has a watermark of its own.
@Suite struct SourceClocksTests {
  /// Entries of a stream in the order in which they come, and what the clock says to each.
  private struct Stream {
    var clock = EventClock(lateness: 30_000_000_000, arrival: .asWritten)
    /// Minutes that were closed, each with the second of the stamp that closed it.
    var closed: [Int: Int] = [:]
    var late: [Int] = []
    var apart: [Int] = []
    private var next: Int64 = 0

    /// - Returns: the second that the entry counts in.
    @discardableResult
    mutating func say(_ source: Int, _ second: Int64) -> Int64 {
      let time = clock.aligned(Timestamp(seconds: second), of: source)
      var verdict = clock.see(time, of: source)
      if verdict == .contradicts {
        _ = clock.disbelieve()
        verdict = clock.see(time, of: source)
      }
      switch verdict {
      case .late: late.append(source)
      case .standsApart: apart.append(source)
      case .closes(let upTo):
        while next < upTo.number {
          closed[Int(next)] = Int(second)
          next += 1
        }
      default: break
      }
      return time.nanoseconds / 1_000_000_000
    }
  }

  @Test func sourcesInStepCloseAsOneDoes() {
    var stream = Stream()
    var one = EventClock(lateness: 30_000_000_000)
    for second in Int64(0)..<600 {
      stream.say(Int(second % 3), second)
      if case .closes(let upTo) = one.see(Timestamp(seconds: second)) {
        #expect(stream.closed[Int(upTo.number) - 1] == Int(second))
      }
    }
    #expect(stream.closed.count == 9)
    #expect(stream.late.isEmpty)
  }

  /// It hands over two minutes at once: the first time its entries are late, from then on it is waited for.
  @Test func aSourceThatComesInBurstsIsWaitedFor() {
    var stream = Stream()
    for second in Int64(0)..<1800 {
      stream.say(0, second)
      if second % 120 == 119 {
        for past in stride(from: second - 119, through: second, by: 10) { stream.say(1, past) }
      }
    }
    #expect(stream.late.count <= 6)
    #expect(stream.closed[10] == 690)
  }

  /// What is waited for may never come: no minute waits longer than the source has lagged.
  @Test func aSourceThatFallsSilentStallsNothing() {
    var stream = Stream()
    for second in Int64(0)..<400 {
      stream.say(0, second)
      if second % 100 == 99 { stream.say(1, second - 90) }
    }
    for second in Int64(400)..<4800 { stream.say(0, second) }
    #expect(stream.closed[20] == 21 * 60 + 30 + 90)
    #expect(stream.closed[70] == 71 * 60 + 30)
  }

  /// Hours behind or ahead, by an hour's zone or by seconds: after three measures and a minute its entries count
  /// where they came, and those of the others always did.
  @Test(arguments: [Int64(7200), 9017, 420, -3600, -420, -86_400])
  func aSkewedClockSpoilsNothing(_ behind: Int64) {
    var stream = Stream()
    var counted: [Int64] = []
    for second in Int64(0)..<900 {
      stream.say(0, second)
      if second % 20 == 5 { counted.append(stream.say(1, second - behind) - second) }
    }
    #expect(stream.late.allSatisfy { $0 == 1 } && stream.late.count <= 5)
    #expect(stream.apart.allSatisfy { $0 == 1 } && stream.apart.count <= 5)
    #expect(counted.suffix(40).allSatisfy { abs($0) <= 1 })
    #expect(stream.closed[5] == 390)
    let skewed = stream.clock.sources?.skewed ?? []
    #expect(skewed.map(\.source) == [1] && skewed.first?.behind == behind * 1_000_000_000)
  }

  /// A backlog catches up: its distance changes, so that its clock is not taken for a wrong one.
  @Test func aBacklogIsNoWrongClock() {
    var stream = Stream()
    for round in Int64(0)..<10 {
      for second in stride(from: round * 3600, to: (round + 1) * 3600, by: 60) {
        stream.say(0, second)
      }
      for second in stride(from: round * 3500, to: (round + 1) * 3500, by: 60) {
        #expect(stream.say(1, second) == second)
      }
    }
    #expect(stream.clock.sources?.skewed == [])
  }

  @Test func aClockThatIsSetRightIsBelievedAgain() {
    var stream = Stream()
    for second in Int64(0)..<300 {
      stream.say(0, second)
      if second % 20 == 5 { stream.say(1, second - 7200) }
    }
    #expect(stream.say(1, 299) == 299)
    #expect(stream.say(1, 300) == 300)
  }

  /// All of them go on after a night: the second source confirms the first.
  @Test func aLeapOfAllSourcesIsTaken() {
    var stream = Stream()
    for second in Int64(0)..<100 { stream.say(Int(second % 2), second) }
    stream.say(0, 30_000)
    #expect(stream.clock.watermark.nanoseconds / 1_000_000_000 == 99)
    stream.say(1, 30_001)
    #expect(stream.clock.watermark.nanoseconds / 1_000_000_000 == 30_001)
    #expect(stream.clock.suspectStamps == 0)
  }
}
