import Model
import Testing

@testable import App

struct TimeBoundTests {
  private static let now = CivilTime(year: 2026, month: 3, day: 1, hour: 12).timestamp ?? .unknown
  private static let end = CivilTime(year: 2026, month: 2, day: 27, hour: 8).timestamp ?? .unknown

  @Test(arguments: [
    ("2026-03-01", "2026-03-01T00:00:00Z"), ("2026-03-01 09:30", "2026-03-01T09:30:00Z"),
    ("2026-03-01T09:30:15.250Z", "2026-03-01T09:30:15.250Z"),
    ("2026-03-01T09:30:15+02:00", "2026-03-01T07:30:15Z"), ("-3h", "2026-03-01T09:00:00Z"),
    ("now-15m", "2026-03-01T11:45:00Z"), ("end-30m", "2026-02-27T07:30:00Z"),
    ("today", "2026-03-01T00:00:00Z"), ("yesterday", "2026-02-28T00:00:00Z"),
    ("09:30", "2026-03-01T09:30:00Z"), ("@1772357400", "2026-03-01T09:30:00Z"),
    ("@1772357400.25", "2026-03-01T09:30:00.250Z"), ("+1h", "2026-03-01T13:00:00Z"),
    ("-2h30min", "2026-03-01T09:30:00Z"), ("2h 30min ago", "2026-03-01T09:30:00Z"),
    ("3 days ago", "2026-02-26T12:00:00Z"), ("tomorrow", "2026-03-02T00:00:00Z"),
    ("Sun 2026-03-01 09:30", "2026-03-01T09:30:00Z"), ("26-03-01", "2026-03-01T00:00:00Z"),
    ("2026-03-01 09:30 UTC", "2026-03-01T09:30:00Z"),
    ("2026-03-01 09:30:15 +02:00", "2026-03-01T07:30:15Z"),
  ])
  func readsJournalctlsTimes(text: String, expected: String) throws {
    let bound = try TimeBound(text, flag: "since")
    #expect(bound.timestamp(now: Self.now, end: Self.end)?.description == expected)
  }

  @Test(arguments: [
    "", "noon", "2026-13-01", "2026-03-01 25:00", "-3x", "@x", "@1e9", "Mon 2026-03-01", "Sun",
    "2026-03-01 09:30 XYZ", "3 days", "1-2-3",
  ])
  func refusesWhatIsNoTime(text: String) {
    #expect(throws: UsageError.self) { try TimeBound(text, flag: "since") }
  }
}
