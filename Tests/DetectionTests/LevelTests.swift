import Bytes
import Glibc
import Model
import Testing

@testable import Detection

/// Levels of errors: steps and drifts that no minute shows, and what only looks like one.
@Suite struct LevelTests {
  /// A service's course: errors and other entries expected in an hour.
  enum Course: String, CaseIterable, CustomTestStringConvertible {
    case steady, rhythm, traffic, bursts, scattered, step, drift

    var testDescription: String { rawValue }
    var isChange: Bool { self == .step || self == .drift }

    func expected(_ hour: Int) -> (errors: Double, others: Double) {
      let day = 1 + 0.7 * sin(Double(hour % 24) / 24 * 2 * Double.pi)
      switch self {
      case .steady: return (10, 600)
      case .rhythm: return (20 * day, 3000 * day)
      case .traffic: return hour < 200 ? (10 * day, 600 * day) : (30 * day, 1800 * day)
      case .bursts: return (hour % 50 < 2 ? 900 : 6, 600)
      case .scattered: return (12, 600)
      case .step: return (hour < 200 ? 10 : 25, 600)
      case .drift: return (hour < 200 ? 10 : 10 * exp(Double(min(hour - 200, 40)) * 0.04), 600)
      }
    }
  }

  private static func told(
    _ watch: inout LevelWatch, _ course: Course, _ hours: Range<Int>, _ noise: inout Noise,
    service: UInt32 = 1
  ) -> [(hour: Int, change: ShiftFinding.Change, since: Int)] {
    var told: [(Int, ShiftFinding.Change, Int)] = []
    for hour in hours {
      let due = course.expected(hour)
      let size = course == .scattered ? 3 : Double.infinity
      // A scattered hour is one draw: its minutes rise and fall together.
      let factor = course == .scattered ? noise.gamma(size) / size : 1
      for minute in 0..<60 {
        let errors = noise.poisson(due.errors * factor / 60)
        let others = noise.poisson(due.others / 60)
        let found = watch.close(
          facts(hour * 60 + minute, services: [(service, errors + others, errors)], groups: []))
        told += found.map { (hour, $0.change, Int($0.since.minute.number / 60)) }
      }
    }
    return told
  }

  @Test(arguments: Course.allCases)
  func aLevelIsToldWhereItChanged(_ course: Course) {
    var found = 0
    var late = 0
    for seed in 0..<20 {
      var watch = LevelWatch()
      var noise = Noise(seed: UInt64(seed))
      let told = Self.told(&watch, course, 0..<(course.isChange ? 260 : 400), &noise)
      if course.isChange {
        #expect(told.allSatisfy { $0.since >= 190 }, "\(seed): \(told)")
        if let first = told.first {
          found += 1
          late = max(late, first.hour - 200)
        }
      } else {
        #expect(told.isEmpty, "\(seed): \(told)")
      }
    }
    if course.isChange {
      #expect(found == 20)
      #expect(late <= (course == .step ? 24 : 40))
    }
  }

  @Test func itEndsWhereTheOldLevelIsBackAndSettlesWhereItIsNot() {
    var noise = Noise(seed: 3)
    var watch = LevelWatch()
    var told = Self.told(&watch, .steady, 0..<100, &noise)
    told += Self.told(&watch, .step, 300..<301, &noise)
    #expect(told.isEmpty, "a gap of days is no change: \(told)")
    watch = LevelWatch()
    _ = Self.told(&watch, .step, 100..<200, &noise)
    told = Self.told(&watch, .step, 200..<230, &noise)
    #expect(told.map(\.change) == [.opens])
    var back = watch
    let ended = Self.told(&back, .steady, 230..<240, &noise)
    #expect(ended.map(\.change) == [.ends])
    let settled = Self.told(&watch, .step, 230..<300, &noise)
    #expect(settled.map(\.change) == [.settles])
  }

  @Test(arguments: [205, 220])
  func itGoesOnOverARestart(_ cut: Int) throws {
    let places = KeptNames(
      place: { $0.index + 100 }, symbol: { Symbol(number: UInt32($0 - 100 + 20)) })
    var noise = Noise(seed: 8)
    var whole = LevelWatch()
    _ = Self.told(&whole, .step, 120..<cut, &noise)
    var resumed = try #require(LevelWatch(kept: whole.kept(places), places))
    var again = noise
    let expected = Self.told(&whole, .step, cut..<290, &noise)
    let observed = Self.told(&resumed, .step, cut..<290, &again, service: 21)
    #expect(expected.map { "\($0)" } == observed.map { "\($0)" })
    #expect(!expected.isEmpty)
    #expect(LevelWatch(kept: Array(whole.kept(places).dropLast(9)), places) == nil)
  }

  @Test func errorsWithoutRoomAreCounted() {
    var watch = LevelWatch()
    for number in 1...2100 {
      _ = watch.close(facts(number, services: [(UInt32(number), 1, 1)], groups: []))
    }
    #expect(watch.refused == 100)
    #expect(watch.services.count == LevelWatch.limit)
  }
}
