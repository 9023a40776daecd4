import Detection
import Model
import Testing

@Suite struct MinuteCountersTests {
  @Test func anEntryMayCountManyTimes() {
    var counters = MinuteCounters()
    let minute = Minute(number: 29_000_000)
    let service = Symbol(number: 3)
    let shape = ShapeNumber(index: 7)
    counters.add(service: service, shape: shape, isError: true, minute: minute)
    counters.addMore(service: service, shape: shape, isError: true, minute: minute, times: 41)
    #expect(counters.overflowed == 0)
    counters.addMore(service: service, shape: shape, isError: true, minute: minute, times: 1 << 40)
    let tally = counters.close(minute)
    #expect(tally.entries == 1 << 31)
    #expect(tally.services.map(\.errors) == [1 << 31] && tally.services.map(\.entries) == [1 << 31])
    #expect(tally.shapes.map(\.entries) == [1 << 31])
    #expect(counters.overflowed == 1 << 40 - (1 << 31) + 42)
  }

  @Test func aClosedMinuteTellsWhatHappened() {
    var counters = MinuteCounters()
    let minute = Minute(number: 29_000_000)
    let next = Minute(number: 29_000_001)
    for (service, shape, isError) in [(3, 7, true), (1, 7, false), (3, 0, false)] {
      let held = counters.add(
        service: Symbol(number: UInt32(service)), shape: ShapeNumber(index: shape),
        isError: isError, minute: minute)
      #expect(held)
    }
    counters.add(service: .none, shape: ShapeNumber(index: 7), isError: true, minute: next)
    #expect(counters.oldest == minute)
    let tally = counters.close(minute)
    #expect(tally.entries == 3)
    #expect(tally.errors == 1)
    #expect(tally.services.map(\.service.number) == [1, 3])
    #expect(tally.services.map(\.entries) == [1, 2])
    #expect(tally.services.map(\.errors) == [0, 1])
    #expect(tally.shapes.map(\.shape.index) == [0, 7])
    #expect(tally.shapes.map(\.entries) == [1, 2])
    #expect(counters.close(next).services.map(\.service) == [.none])
    #expect(counters.close(next).entries == 0)
    #expect(counters.oldest == nil)
  }

  @Test func aMinuteWithoutEntriesIsAGap() {
    var counters = MinuteCounters()
    let minute = Minute(number: -5)
    #expect(counters.close(minute).facts(groups: []).isGap)
    counters.add(service: .none, shape: ShapeNumber(index: 0), isError: false, minute: minute)
    #expect(!counters.close(minute).facts(groups: []).isGap)
  }

  @Test func countsBalanceBeyondTheLimits() {
    var counters = MinuteCounters(serviceLimit: 4, shapeLimit: 8)
    var noise = Noise(seed: 9)
    var added = 0
    var refused = 0
    var closed = 0
    for step in 0..<5000 {
      let minute = Minute(number: Int64(step / 100))
      let isHeld = counters.add(
        service: Symbol(number: UInt32(noise.uniform() * 10)),
        shape: ShapeNumber(index: Int(noise.uniform() * 20) - 2), isError: noise.uniform() < 0.1,
        minute: Minute(number: minute.number + Int64(noise.uniform() * 20)))
      if isHeld { added += 1 } else { refused += 1 }
      if step % 100 == 99 {
        let tally = counters.close(minute)
        closed += tally.entries
        #expect(tally.shapes.reduce(0) { $0 + $1.entries } + tally.overflow == tally.entries)
        #expect(tally.services.reduce(0) { $0 + $1.entries } == tally.entries)
      }
    }
    while let oldest = counters.oldest { closed += counters.close(oldest).entries }
    #expect(closed == added)
    #expect(refused > 0 && counters.overflowed > 0)
  }
}

@Suite struct ErrorShareTests {
  private func run(_ shares: [(errors: Int, entries: Int)]) -> [(Int, Finding.Kind)] {
    var watch = ErrorShare()
    var told: [(Int, Finding.Kind)] = []
    for (minute, counts) in shares.enumerated() {
      var facts = MinuteFacts(minute: Minute(number: Int64(minute)))
      facts.errors = counts.errors
      facts.entries = counts.entries
      if let finding = watch.close(facts), finding.kind != .lasts {
        told.append((minute, finding.kind))
      }
    }
    return told
  }

  @Test func itOpensAndEnds() {
    let calm = Array(repeating: (errors: 1, entries: 100), count: 30)
    let bad = Array(repeating: (errors: 40, entries: 100), count: 10)
    let told = run(calm + bad + calm)
    #expect(told.map(\.1) == [.opens, .ends])
    #expect((31...32).contains(told[0].0))
  }

  @Test func aStreamOfErrorsIsNoNews() {
    #expect(run(Array(repeating: (errors: 99, entries: 100), count: 200)).isEmpty)
  }

  @Test func fewEntriesTellNothing() {
    let calm = Array(repeating: (errors: 0, entries: 10), count: 30)
    #expect(run(calm + Array(repeating: (errors: 9, entries: 10), count: 3)).isEmpty)
  }
}
