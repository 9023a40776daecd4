import Bytes
import Ingest
import Model
import Testing

@Suite struct StampTests {
  private static func at(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int, _ ns: Int = 0
  ) -> Timestamp? {
    CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      nanosecond: ns
    ).timestamp
  }

  @Test(arguments: [
    ("2026-03-01T09:30:00Z", at(2026, 3, 1, 9, 30, 0), 0, 20),
    ("2026-03-01 09:30:00", at(2026, 3, 1, 8, 30, 0), 0, 19),
    ("2026-03-01T09:30:00.125Z x", at(2026, 3, 1, 9, 30, 0, 125_000_000), 3, 24),
    ("2026-03-01 09:30:00,007 INFO", at(2026, 3, 1, 8, 30, 0, 7_000_000), 3, 23),
    ("2026-03-01 09:30:00, INFO", at(2026, 3, 1, 8, 30, 0), 0, 19),
    ("2026-03-01T09:30:00.123456789123+01:00", at(2026, 3, 1, 8, 30, 0, 123_456_789), 9, 38),
    ("2026-03-01T09:30:00-0530", at(2026, 3, 1, 15, 0, 0), 0, 24),
    ("2026-03-01T09:30:00+02", at(2026, 3, 1, 7, 30, 0), 0, 22),
    ("2026-03-01 09:30:00 +0000 UTC", at(2026, 3, 1, 9, 30, 0), 0, 25),
    ("2026-03-01 09:30:00.5 UTC", at(2026, 3, 1, 9, 30, 0, 500_000_000), 1, 25),
    ("2026-03-01 09:30:00 -5 items", at(2026, 3, 1, 8, 30, 0), 0, 19),
    ("2026/03/01 09:30:00 [error]", at(2026, 3, 1, 8, 30, 0), 0, 19),
    ("1999-12-31T23:59:60Z", at(1999, 12, 31, 23, 59, 59), 0, 20),
    ("2024-02-29t00:00:00z", at(2024, 2, 29, 0, 0, 0), 0, 20),
  ])
  func readsISO(text: String, time: Timestamp?, digits: Int, end: Int) throws {
    let bytes = Array(text.utf8)
    let made = ISOStamp.read(bytes.span, at: 0, zone: InputZone(seconds: 3600))
    let read = try #require(made, "\(text)")
    #expect(read.time == time)
    #expect(Int(read.digits) == digits)
    #expect(read.end == end)
  }

  @Test(arguments: [
    "", "2026-03-01", "2026-13-01T09:30:00Z", "2026-02-29T09:30:00Z", "2026-03-01T24:30:00Z",
    "2026-03-01T09:61:00Z", "2026-03/01T09:30:00Z", "2026-03-01x09:30:00Z", "2026-03-01T09:30:000",
    "2O26-03-01T09:30:00Z", "2026-03-01T09-30-00Z", "\u{fc}026-03-01T09:30:00Z",
  ])
  func refusesISO(text: String) {
    let bytes = Array(text.utf8)
    let isRead = ISOStamp.read(bytes.span, at: 0, zone: InputZone()) != nil
    #expect(!isRead)
  }

  @Test(arguments: [
    ("1772357400", 1_772_357_400_000_000_000, 0),
    ("1772357400.25", 1_772_357_400_250_000_000, 2),
    ("1772357400250", 1_772_357_400_250_000_000, 3),
    ("1772357400250.5", 1_772_357_400_250_500_000, 4),
    ("1772357400250125", 1_772_357_400_250_125_000, 6),
    ("1772357400250125007", 1_772_357_400_250_125_007, 9),
    ("1.77235740025e9", 1_772_357_400_250_000_000, 2),
    ("1772357400.1234567891", 1_772_357_400_123_456_789, 9),
    ("0", 0, 0),
    ("-1", -1_000_000_000, 0),
  ])
  func readsEpoch(text: String, nanoseconds: Int64, digits: Int) throws {
    let bytes = Array(text.utf8)
    let made = EpochStamp.read(bytes.span)
    let read = try #require(made)
    #expect(read.time.nanoseconds == nanoseconds)
    #expect(Int(read.digits) == digits)
  }

  @Test(arguments: ["", "-", ".", "abc", "1e", "1e9999", "12x", "99999999999999999999999", "1.2.3"])
  func refusesEpoch(text: String) {
    let bytes = Array(text.utf8)
    let isRead = EpochStamp.read(bytes.span) != nil
    #expect(!isRead)
  }

  @Test func survivesAnyBytes() {
    var state: UInt64 = 0x5eed_0001
    var bytes = Array("2026-03-01T09:30:00.125+01:00".utf8)
    for _ in 0..<200_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let at = Int(state >> 33) % bytes.count
      let old = bytes[at]
      bytes[at] = UInt8(truncatingIfNeeded: state >> 20)
      _ = ISOStamp.read(bytes.span, at: Int(state >> 60), zone: InputZone())
      _ = EpochStamp.read(bytes.span)
      _ = SeverityName.read(bytes.span, letters: true)
      if state >> 62 != 0 { bytes[at] = old }
    }
    let isRead = ISOStamp.read(bytes.span, at: bytes.count, zone: InputZone()) != nil
    #expect(!isRead, "seed 0x5eed0001")
  }

  private static func level(_ word: String, letters: Bool = false) -> Severity? {
    let bytes = Array(word.utf8)
    return SeverityName.read(bytes.span, letters: letters)
  }

  @Test(arguments: [
    ("INFO", Severity.info), ("Information", .info), ("warn", .warning), ("WARNING", .warning),
    ("err", .error), ("Error", .error), ("SEVERE", .error), ("crit", .critical),
    ("fatal", .critical), ("PANIC", .critical), ("dpanic", .critical), ("alert", .alert),
    ("emerg", .emergency), ("EMERGENCY", .emergency), ("trace", .trace), ("FINEST", .trace),
    ("verbose", .trace), ("debug", .debug), ("DEBUG2", .debug), ("notice", .notice),
  ])
  func readsLevels(word: String, severity: Severity) {
    #expect(Self.level(word) == severity)
  }

  @Test(arguments: ["", "E", "infos", "warned", "errors", "7", "debug6", "nothing", "trac"])
  func refusesOtherWords(word: String) {
    #expect(Self.level(word) == nil)
  }

  @Test func takesLettersOnRequest() {
    #expect(Self.level("E", letters: true) == .error)
    #expect(Self.level("W", letters: true) == .warning)
    #expect(Self.level("x", letters: true) == nil)
  }
}
