import Bytes
import Model
import Testing

@testable import Detection

/// Gone and rare groups over restarts: habits go on under other numbers.
@Suite struct KeptLinesTests {
  /// Shapes and names have other numbers in the next run, and some have no place.
  private static var places: KeptNames {
    KeptNames(
      place: { $0.index < 9 ? $0.index + 100 : nil },
      symbol: { $0 >= 100 ? Symbol(number: UInt32($0 - 100 + 20)) : nil },
      placeOfShape: { $0 < 40 ? $0 * 2 : nil }, shape: { $0 % 2 == 0 ? $0 / 2 + 50 : nil })
  }

  private static func minute(_ number: Int, _ shape: Int, _ service: UInt32, _ entries: Int) -> (
    MinuteFacts, [(shape: ShapeNumber, entries: Int)]
  ) {
    let facts = facts(
      number, services: [(service, 40 + entries, 0)], groups: [(7, entries)], severity: .info)
    return (facts, entries > 0 ? [(ShapeNumber(index: shape), entries)] : [])
  }

  private static func told(
    _ watch: inout GoneWatch, _ minutes: Range<Int>, shape: Int, service: UInt32
  ) -> [String] {
    minutes.flatMap { number -> [String] in
      // Steady for ten hours, then gone.
      let entries = number < 600 ? 3 + number % 2 : 0
      let (facts, tally) = minute(number, shape, service, entries)
      return watch.close(
        facts, shapes: tally, isPeriodic: { _ in false },
        GoneWatch.Questions { _ in
          GoneWatch.Questions.Answer(
            group: GroupID(number: 7), service: Symbol(number: service),
            lastSeen: Minute(number: 599).start, severity: .info)
        }
      ).map { "\(number) \($0.change) \($0.reading)" }
    }
  }

  @Test(arguments: [300, 602, 625, 640])
  func aGroupThatIsGoneIsToldOverARestart(_ cut: Int) throws {
    var whole = GoneWatch()
    _ = Self.told(&whole, 0..<cut, shape: 3, service: 2)
    var resumed = try #require(GoneWatch(kept: whole.kept(Self.places), Self.places))
    let expected = Self.told(&whole, cut..<700, shape: 3, service: 2)
    let observed = Self.told(&resumed, cut..<700, shape: 53, service: 22)
    #expect(expected == observed)
    if cut < 630 { #expect(expected.count == 1) }
  }

  @Test func whatCameBeforeIsNotRare() throws {
    func brief(earlier: Int) -> GroupBrief {
      var brief = GroupBrief(count: 1, severity: .warning)
      brief.earlier = earlier
      return brief
    }
    func close(_ watch: inout RareWatch, _ number: Int, _ shape: Int?, earlier: Int) -> Int {
      let entries = shape == nil ? 0 : 1
      return watch.close(
        facts(number, services: [(1, 9, 0)], groups: [(7, entries)], severity: .warning),
        shapes: shape.map { [(ShapeNumber(index: $0), 1)] } ?? [],
        RareWatch.Questions(
          group: { _ in GroupID(number: 7) }, brief: { _, _ in brief(earlier: earlier) },
          service: { _ in .none })
      ).count
    }
    // A day without anything rare: by itself the run would be too young to tell.
    var first = RareWatch()
    for number in 0..<1440 { _ = close(&first, number, nil, earlier: 0) }
    for number in 0..<5 { _ = close(&first, number, 4, earlier: 0) }
    let kept = first.kept(Self.places)
    let cases: [(shape: Int, earlier: Int, told: Int)] = [
      (60, 0, 1),  // of a group that never came
      (60, 9, 0),  // another shape of a group that often came
      (54, 0, 0),  // a shape that often came
    ]
    for (shape, earlier, told) in cases {
      var watch = try #require(RareWatch(kept: kept, Self.places))
      #expect(close(&watch, 3000, shape, earlier: earlier) == told, "shape \(shape)")
      var fresh = RareWatch()
      #expect(close(&fresh, 3000, shape, earlier: earlier) == 0)
    }
  }

  private static func answers(
    _ watch: inout StatusWatch, _ minutes: Range<Int>, service: UInt32
  ) -> [String] {
    minutes.flatMap { number -> [String] in
      let minute = Minute(number: Int64(number))
      for answer in 0..<40 {
        let isBad = answer == 0 || (400..<430).contains(number) && answer < 12
        watch.see(isBad ? 503 : 200, service: Symbol(number: service), minute: minute)
      }
      return watch.close(minute, isGap: false).map { "\(number) \($0.change) \($0.reading)" }
    }
  }

  /// Cut before a shift, at its onset, in it, and behind it.
  @Test(arguments: [300, 401, 420, 440])
  func sharesOfFailedAnswersGoOn(_ cut: Int) throws {
    var whole = StatusWatch()
    _ = Self.answers(&whole, 0..<cut, service: 2)
    let kept = whole.kept(Self.places, through: Minute(number: Int64(cut - 1)))
    var resumed = StatusWatch()
    // An entry that was seen before what was loaded took over.
    let late = Minute(number: Int64(cut))
    resumed.see(200, service: Symbol(number: 22), minute: late)
    whole.see(200, service: Symbol(number: 2), minute: late)
    resumed.resume(try #require(StatusWatch(kept: kept, Self.places)))
    let expected = Self.answers(&whole, cut..<520, service: 2)
    #expect(expected.count == (cut < 401 ? 2 : cut < 430 ? 1 : 0) || cut == 401)
    #expect(Self.answers(&resumed, cut..<520, service: 22) == expected)
  }

  @Test func answersMayBeAnything() {
    var whole = StatusWatch()
    _ = Self.answers(&whole, 0..<415, service: 2)
    let body = Array(whole.kept(Self.places, through: Minute(number: 414))[9...])
    var noise = Noise(seed: 12)
    var taken = 0
    for _ in 0..<2000 {
      var bytes = body
      for _ in 0...Int(noise.next() % 3) {
        bytes[Int(noise.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: noise.next())
      }
      guard var watch = StatusWatch(kept: Self.seal(bytes), Self.places) else { continue }
      taken += 1
      _ = Self.answers(&watch, 415..<500, service: 22)
    }
    #expect(taken > 50)
  }

  private static func seal(_ body: [UInt8]) -> [UInt8] {
    var sealed: [UInt8] = [1]
    let hash = StableHash(body.span).high
    for place in 0..<8 { sealed.append(UInt8(truncatingIfNeeded: hash >> UInt64(8 * place))) }
    return sealed + body
  }

  /// Bytes that are anything are refused or read, and nothing traps.
  @Test func bytesMayBeAnything() {
    var whole = GoneWatch()
    _ = Self.told(&whole, 0..<640, shape: 3, service: 2)
    let body = Array(whole.kept(Self.places)[9...])
    var noise = Noise(seed: 11)
    var taken = 0
    for _ in 0..<3000 {
      var bytes = body
      for _ in 0...Int(noise.next() % 3) {
        bytes[Int(noise.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: noise.next())
      }
      guard var watch = GoneWatch(kept: Self.seal(bytes), Self.places) else { continue }
      taken += 1
      _ = Self.told(&watch, 640..<700, shape: 53, service: 22)
    }
    #expect(taken > 100)
  }
}
