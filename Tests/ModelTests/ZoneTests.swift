import Foundation
import Testing

@testable import Model

@Suite struct ZoneTests {
  static let hasDatabase = FileManager.default.fileExists(
    atPath: "/usr/share/zoneinfo/Europe/Berlin")

  private static func local(_ text: String) throws -> Int64 {
    let format = ISO8601DateFormatter()
    return Int64(try #require(format.date(from: text + "Z")).timeIntervalSince1970)
  }

  private static func rules(_ name: String) throws -> ZoneRules {
    let file = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))
    return try #require(ZoneRules(file: Array(file)))
  }

  /// Clocks are put forward on 29 March 2026 at 2 and back on 25 October at 3 in Berlin.
  @Test(
    .enabled(if: hasDatabase),
    arguments: [
      ("Europe/Berlin", "2026-03-29T01:59:59", 3600),
      ("Europe/Berlin", "2026-03-29T02:30:00", 3600),
      ("Europe/Berlin", "2026-03-29T03:00:00", 7200),
      ("Europe/Berlin", "2026-10-25T01:59:59", 7200),
      ("Europe/Berlin", "2026-10-25T02:30:00", 7200),
      ("Europe/Berlin", "2026-10-25T03:00:00", 3600),
      ("Europe/Berlin", "2150-07-01T12:00:00", 7200),
      ("America/New_York", "2026-01-01T00:00:00", -18_000),
      ("Asia/Kolkata", "2026-07-01T00:00:00", 19_800), ("UTC", "2026-07-01T00:00:00", 0),
      ("Europe/Dublin", "2026-07-01T00:00:00", 3600),
      ("Australia/Lord_Howe", "2026-01-01T00:00:00", 39_600),
      ("Etc/GMT+5", "2026-01-01T00:00:00", -18_000),
    ])
  func offsets(_ name: String, _ text: String, _ expected: Int) throws {
    #expect(try Self.rules(name).offset(ofLocal: Self.local(text)) == expected)
  }

  /// The same as the C library's for each moment; for some zones, every 11 hours and a bit.
  @Test(
    .enabled(if: hasDatabase),
    arguments: [
      "Europe/Berlin", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tehran", "Pacific/Apia",
      "America/Santiago", "Antarctica/Troll",
    ])
  func sameAsTheSystems(_ name: String) throws {
    let rules = try Self.rules(name)
    let zone = try #require(TimeZone(identifier: name))
    for second in stride(from: Int64(0), to: 2_900_000_000, by: 39_989) {
      let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
      #expect(rules.offset(at: second).seconds == expected, "\(name) at \(second)")
    }
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", "CET", 3600, "CEST", 7200),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "+1030", 37_800, "+11", 39_600),
    ("EST5EDT,M3.2.0,M11.1.0", "EST", -18_000, "EDT", -14_400),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "IST", 3600, "GMT", 0),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "-02", -7200, "-01", -3600),
    ("XXX3EDT4,0/0,J365/23", "XXX", -10_800, "EDT", -14_400),
  ])
  func rules(
    _ text: String, _ standard: String, _ offset: Int32, _ summer: String, _ summerOffset: Int32
  ) throws {
    let rule = try #require(ZoneRule(text))
    #expect(rule.standardName == standard && rule.standardOffset == offset)
    #expect(rule.daylight?.name == summer && rule.daylight?.offset == summerOffset)
  }

  @Test(arguments: ["", "CET", "-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0"])
  func noRules(_ text: String) {
    #expect(ZoneRule(text) == nil)
  }

  @Test func whatIsNoZoneFileIsRefused() throws {
    #expect(ZoneRules(file: []) == nil)
    #expect(ZoneRules(file: Array("TZif".utf8) + [UInt8](repeating: 0xff, count: 400)) == nil)
    guard Self.hasDatabase else { return }
    let file = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
    for end in stride(from: 0, to: file.count - 40, by: 7) {
      _ = ZoneRules(file: Array(file[..<end]))
    }
    var state: UInt64 = 7
    for _ in 0..<2000 {
      var broken = file
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        broken[Int(state >> 33) % broken.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = ZoneRules(file: broken)?.offset(ofLocal: 1_772_357_400)
    }
  }

  @Test(arguments: [
    // The file was written on 5 January 2027.
    (12, 31, "2026-12-31T10:00:00Z"), (1, 1, "2027-01-01T10:00:00Z"),
    (1, 6, "2027-01-06T10:00:00Z"),
    (1, 9, "2026-01-09T10:00:00Z"), (6, 1, "2026-06-01T10:00:00Z"), (2, 29, "2024-02-29T10:00:00Z"),
  ])
  func yearsOfAFile(_ month: Int, _ day: Int, _ expected: String) {
    let modified = CivilTime(year: 2027, month: 1, day: 5, hour: 7).timestamp ?? .unknown
    let time = YearAnchor(modified: modified).time(
      month: month, day: day, hour: 10, minute: 0, second: 0)
    #expect(time?.description == expected)
  }

  @Test(arguments: [
    // The stream began on 31 December 2026.
    (12, 31, "2026-12-31T10:00:00Z"), (1, 1, "2027-01-01T10:00:00Z"),
    (11, 1, "2026-11-01T10:00:00Z"),
  ])
  func yearsOfAStream(_ month: Int, _ day: Int, _ expected: String) {
    let start = CivilTime(year: 2026, month: 12, day: 31, hour: 7).timestamp ?? .unknown
    let time = YearAnchor(start: start).time(month: month, day: day, hour: 10, minute: 0, second: 0)
    #expect(time?.description == expected)
  }

  @Test func aGivenYearHoldsForAllDates() {
    let anchor = YearAnchor(year: 2023)
    #expect(
      anchor.time(month: 12, day: 31, hour: 0, minute: 0, second: 0)?.description
        == "2023-12-31T00:00:00Z")
    #expect(anchor.time(month: 2, day: 29, hour: 0, minute: 0, second: 0) == nil)
    #expect(anchor.time(month: 2, day: 30, hour: 0, minute: 0, second: 0) == nil)
    #expect(
      YearAnchor(start: Timestamp(seconds: 0)).time(
        month: 2, day: 31, hour: 0, minute: 0, second: 0) == nil)
  }
}
