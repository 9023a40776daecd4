import Bytes
import Model
import Testing

@testable import Detection

@Suite struct MeasureTextTests {
  @Test(arguments: [
    ("12", Measure.number, 12.0), ("-3.5", .number, -3.5), ("12ms", .duration, 0.012),
    ("1.5 s", .duration, 1.5), ("250 µs", .duration, 250e-6), ("1h2m3.5s", .duration, 3723.5),
    ("4 milliseconds", .duration, 0.004), ("2min", .duration, 120),
    ("4.2 GiB", .size, 4.2e9 * 1.073741824),
    ("512 bytes", .size, 512), ("3kB", .size, 3072), ("2k", .size, 2000), ("87%", .number, 87),
  ])
  func numbersAndUnits(_ text: String, _ measure: Measure, _ expected: Double) throws {
    let read = MeasureText.value(Array(text.utf8).span, measure)
    let value = try #require(read)
    #expect(abs(value / expected - 1) < 1e-9)
  }

  @Test(arguments: ["", "abc", "-", "ms", "."])
  func whatIsNoNumber(_ text: String) {
    let read = MeasureText.value(Array(text.utf8).span, .number)
    #expect(read == nil)
  }
}

@Suite struct ValuePlanTests {
  private func values(_ template: String, _ message: String) -> [String]? {
    guard let plan = ValuePlan(Array(template.utf8)) else { return nil }
    var places: InlineArray<8, ValuePlace> = .init(repeating: ValuePlace())
    let text = Array(message.utf8)
    guard let count = plan.walk(text.span, into: &places) else { return nil }
    return (0..<count).map {
      String(decoding: text[Int(places[$0].start)..<Int(places[$0].end)], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("took <duration>", "took 12ms", ["12ms"]),
    ("<num> rows in <duration>, <num> left", "  7 rows in 1.5 s,  3 left", ["7", "1.5 s"]),
    ("user=<*> from <ip> port <num>", "user=anna from 10.0.0.1 port 22", ["anna", "10.0.0.1"]),
    ("GET <path> \\<num> <size>", "GET /a/b <num> 12kB", ["/a/b", "12kB"]),
    ("queue <num>/<num>", "queue 3/9", ["3"]),
  ])
  func theWatchedValues(_ template: String, _ message: String, _ expected: [String]) {
    #expect(values(template, message) == expected)
  }

  @Test(arguments: [
    ("took <duration>", "it took 12ms"), ("took <duration> ok", "took 12ms"),
    ("plain", "plain"), ("pid <num>", "pid 7"),
  ])
  func whatDoesNotFitOrHasNothingToWatch(_ template: String, _ message: String) {
    #expect(values(template, message) == nil)
  }

  @Test func aLabelOutlivesAChangeElsewhereInTheTemplate() throws {
    let before = try #require(ValuePlan(Array("user anna took <duration>".utf8)))
    let after = try #require(ValuePlan(Array("user <*> took <duration>".utf8)))
    #expect(before.slots.last?.label == after.slots.last?.label)
  }
}

@Suite struct MeasureSketchTests {
  @Test(arguments: [1, 1e-6, 3e7] as [Float])
  func quantilesAreNear(_ scale: Float) {
    var sketch = MeasureSketch()
    for index in 1...1000 { sketch.add(scale * Float(index)) }
    for (q, expected) in [(0.5, 500), (0.9, 900), (0.05, 50)] as [(Float, Float)] {
      #expect(abs(sketch.quantile(q) / (scale * expected) - 1) < 0.1)
    }
  }

  /// Sixteen orders of magnitude in any order, in one sketch or in two that are merged.
  @Test func orderAndDivisionDoNotShow() {
    let values = (0..<400).map { index in
      Float(sign: .plus, exponent: index % 54 - 20, significand: 1.3)
    }
    var noise = Noise(seed: 3)
    var one = MeasureSketch()
    var other = MeasureSketch()
    var left = MeasureSketch()
    var right = MeasureSketch()
    for value in values { one.add(value) }
    for (index, value) in values.shuffled(using: &noise).enumerated() {
      other.add(value)
      if index % 3 == 0 { left.add(value) } else { right.add(value) }
    }
    left.merge(right)
    for q in [0.01, 0.25, 0.5, 0.75, 0.99] as [Float] {
      #expect(one.quantile(q) == other.quantile(q))
      #expect(one.quantile(q) == left.quantile(q))
    }
    #expect(one.total == left.total)
  }

  @Test func zerosAndNegativesLieBelow() {
    var sketch = MeasureSketch()
    for value in [0, 0, -1, 5, 6] as [Float] { sketch.add(value) }
    sketch.add(.nan)
    #expect(sketch.total == 5)
    #expect(sketch.quantile(0.5) == 0)
    #expect(sketch.weights(around: 1).above == 2)
  }
}

@Suite struct SampleTailTests {
  /// Against the binomial for a past that is large.
  @Test(arguments: [(10, 10, 1e-10), (3, 10, 0.0702), (1, 5, 0.40951)])
  func aLargePastIsTheBinomial(_ k: Int, _ n: Int, _ expected: Double) {
    let p = SampleTail.upper(k, of: n, hits: 1e7, total: 1e8)
    #expect(abs(p / expected - 1) < 0.01)
  }

  @Test func aShortPastIsLessCertain() {
    #expect(
      SampleTail.upper(8, of: 10, hits: 5, total: 50)
        > 10 * SampleTail.upper(8, of: 10, hits: 5000, total: 50_000))
  }

  @Test(arguments: [(3.841, 1, 0.05), (9.488, 4, 0.05), (30.0, 2, 3.059e-7), (1.0, 3, 0.8013)])
  func chiSquare(_ x: Double, _ degrees: Int, _ expected: Double) {
    #expect(abs(SampleTail.chiSquare(x, degrees: degrees) / expected - 1) < 0.01)
  }
}

@Suite struct MeasureTrackTests {
  /// A young place that an old one's group went into, judged with fewer samples than it looks back on.
  @Test func aYoungHeirOfAnOldPlaceIsNotJudgedYet() {
    var old = MeasureTrack()
    for minute in 0..<200 as Range<Int32> {
      for step in 0..<8 { old.add(Float(100 + (Int(minute) * 7 + step * 13) % 20), minute) }
    }
    for samples in 1..<8 {
      var young = MeasureTrack()
      for minute in 0..<Int32(samples) { young.add(minute % 2 == 0 ? 90 : 120, 400 + minute) }
      young.merge(old)
      young.add(100_000, 400 + Int32(samples))
      if samples < 7 { #expect(young.judge(Minute(number: 400 + Int64(samples))) == nil) }
    }
  }

  /// Latencies of a gamma shape of 2, two a minute; those of `shifted` minutes are so many times as long.
  private func run(
    hours: Int, factor: Double, from: Int, to: Int, seed: UInt64, shape: Double = 2
  ) -> [(minute: Int, what: String)] {
    var noise = Noise(seed: seed)
    var track = MeasureTrack()
    var told: [(Int, String)] = []
    for minute in 0..<(hours * 60) {
      for _ in 0..<2 {
        let value = noise.gamma(shape) * (minute >= from && minute < to ? factor : 1)
        track.add(Float(value), Int32(minute))
      }
      let at = Minute(number: Int64(minute))
      if let change = track.judgeEnd(at) { told.append((minute, "\(change)")) }
      if let shift = track.judge(at) { told.append((minute, shift.isUp ? "up" : "down")) }
    }
    return told
  }

  @Test(arguments: [(3.0, 35), (5.0, 20), (10.0, 15)])
  func aJumpIsFound(_ factor: Double, _ within: Int) throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let told = run(hours: 10, factor: factor, from: 480, to: 530, seed: seed)
      let first = try #require(told.first)
      #expect(first.what == "up")
      #expect(first.minute >= 480 && first.minute <= 480 + within)
    }
  }

  @Test func aFallIsFoundAndEnds() throws {
    let told = run(hours: 11, factor: 0.2, from: 480, to: 530, seed: 5)
    #expect(told.map(\.what) == ["down", "ends"])
  }

  @Test func whatStaysIsTheNewUsualAndAReturnIsNoShift() {
    let told = run(hours: 24, factor: 4, from: 480, to: 900, seed: 6)
    #expect(told.map(\.what) == ["up", "settles"])
  }

  @Test func chanceIsNoShift() {
    for seed in 1...40 as ClosedRange<UInt64> {
      let shape = [0.3, 1, 4][Int(seed % 3)]
      let told = run(hours: 24, factor: 1, from: 0, to: 0, seed: seed, shape: shape)
      #expect(told.isEmpty, "seed \(seed)")
    }
  }

  @Test func whatOnlyRisesIsNoMeasure() {
    var track = MeasureTrack()
    var found = 0
    for minute in 0..<3000 {
      track.add(Float(minute * 10), Int32(minute))
      if track.judge(Minute(number: Int64(minute))) != nil { found += 1 }
    }
    #expect(found == 0)
  }
}

@Suite struct TextTrackTests {
  private func value(_ text: String) -> ValueText { ValueText(Array(text.utf8).span) }

  /// Values by weight, one a minute; in `shifted` minutes the last one stands in `share` of the places.
  private func run(_ names: Int, share: Double, seed: UInt64) -> [(minute: Int, what: String)] {
    var noise = Noise(seed: seed)
    var track = TextTrack()
    var told: [(Int, String)] = []
    for minute in 0..<900 {
      for _ in 0..<2 {
        let isShifted = minute >= 600 && minute < 640 && noise.uniform() < share
        let number = min(noise.next() % UInt64(names), noise.next() % UInt64(names))
        track.add(value(isShifted ? "last" : "v\(number)"), Int32(minute))
      }
      let at = Minute(number: Int64(minute))
      if let change = track.judgeEnd(at) { told.append((minute, "\(change)")) }
      if let shift = track.judge(at) { told.append((minute, shift.value.text)) }
    }
    return told
  }

  @Test(arguments: [(3, 0.8), (20, 0.6), (2000, 0.6)])
  func aValueThatTakesOverIsNamed(_ names: Int, _ share: Double) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let told = run(names, share: share, seed: seed)
      #expect(told.map(\.what) == ["last", "ends"])
      #expect((600...630).contains(told.first?.minute ?? 0))
    }
  }

  @Test(arguments: [2, 3, 20, 2000])
  func chanceIsNoShift(_ names: Int) {
    for seed in 1...10 as ClosedRange<UInt64> { #expect(run(names, share: 0, seed: seed).isEmpty) }
  }

  @Test func theMostFrequentAreKept() {
    var top = TopValues()
    var noise = Noise(seed: 2)
    for index in 0..<4000 {
      top.add(value(index % 4 == 0 ? "a" : index % 5 == 0 ? "b" : "x\(noise.next() % 500)").hash)
    }
    #expect(top.count(of: value("a").hash) > 700)
    #expect(top.count(of: value("a").hash) <= 1000)
    #expect(top.total == 4000)
  }
}

@Suite struct StatusWatchTests {
  private let service = Symbol(number: 3)

  /// Answers a minute with a share of 5xx, by minute.
  private func run(
    _ minutes: Int, _ answers: (Int) -> Int, _ share: (Int) -> Double, seed: UInt64
  ) -> [(minute: Int, finding: ShiftFinding)] {
    var noise = Noise(seed: seed)
    var watch = StatusWatch()
    var told: [(Int, ShiftFinding)] = []
    for number in 0..<minutes {
      let minute = Minute(number: Int64(number))
      for _ in 0..<answers(number) {
        let u = noise.uniform()
        let status = u < share(number) ? 503 : u < share(number) + 0.04 ? 404 : 200
        watch.see(status, service: service, minute: minute)
      }
      told += watch.close(minute, isGap: false).map { (number, $0) }
    }
    return told
  }

  @Test(arguments: [(30, 0.1), (300, 0.03), (10, 0.5)])
  func aRisingShareIsFound(_ rate: Int, _ share: Double) throws {
    let told = run(600, { _ in rate }, { $0 >= 400 && $0 < 440 ? share : 0.002 }, seed: 4)
    let first = try #require(told.first)
    #expect(first.finding.place == "5xx")
    #expect(first.finding.change == .opens)
    #expect((400...420).contains(first.minute))
    #expect(told.last?.finding.change == .ends)
    #expect(told.count == 2)
  }

  /// Four times the traffic at the same share is no shift, nor is chance.
  @Test func trafficAloneIsNoShift() {
    for seed in 1...5 as ClosedRange<UInt64> {
      let told = run(1440, { $0 % 720 > 400 ? 80 : 20 }, { _ in 0.01 }, seed: seed)
      #expect(told.isEmpty)
    }
  }
}

/// Which shapes are looked at, and for how long.
@Suite struct WatchedShapeTests {
  private let questions = ValueWatch.Questions(
    group: { GroupID(number: UInt64($0.index) + 1) }, template: { _ in Array("a <num> b".utf8) },
    service: { _ in Symbol.none }, seed: { UInt32($0.index) })

  /// Shapes that were watched and never sampled make room as well, where many are watched.
  @Test func whatWasNeverSampledMakesRoom() {
    var watch = ValueWatch()
    let crowd = ValueWatch.shapeLimit
    for minute in [59, 60] {
      _ = watch.close(
        Minute(number: Int64(minute)),
        shapes: (0..<crowd).map { (ShapeNumber(index: $0), Int(ValueWatch.watchedFrom)) }, questions
      )
      #expect(watch.shapes.count == (minute == 59 ? crowd : 0))
    }
  }
}
