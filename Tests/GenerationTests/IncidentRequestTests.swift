import Generation
import Model
import Testing

@Suite struct IncidentRequestTests {
  @Test(arguments: [
    (
      "dependency_outage@90m+25m*8:ledger",
      IncidentRequest(
        kind: .dependencyOutage, offsetSeconds: 5400, durationSeconds: 1500, ratio: 8,
        service: "ledger")
    ),
    ("spike@1h30m+45s", IncidentRequest(kind: .spike, offsetSeconds: 5400, durationSeconds: 45)),
    (
      "silence@1d+2h:sshd",
      IncidentRequest(
        kind: .silence, offsetSeconds: 86_400, durationSeconds: 7200, service: "sshd")
    ),
    (
      "brute_force@0s+5m*1.5",
      IncidentRequest(kind: .bruteForce, offsetSeconds: 0, durationSeconds: 300, ratio: 1.5)
    ),
  ])
  func reads(_ text: String, _ wanted: IncidentRequest) throws {
    #expect(try IncidentRequest(parsing: text) == wanted)
  }

  @Test(arguments: [
    ("spike", "no @ before the offset", 6), ("boom@1m+1m", "unknown kind of incident", 1),
    ("spike@1m", "no + before the duration", 9), ("spike@x+1m", "not an offset", 7),
    ("spike@1m+", "not a duration", 10), ("spike@1m+0s", "not a duration", 10),
    ("spike@1m+5", "not a duration", 10), ("spike@1m+1m*x", "not a ratio", 12),
    ("spike@1m+1m*-1", "not a ratio", 12), ("spike@1m+1m*nan", "not a ratio", 12),
    ("spike@1m+1m:", "no service after the colon", 12),
    ("spike@99999999999999999999d+1m", "not an offset", 7),
  ])
  func refuses(_ text: String, _ problem: String, _ column: Int) {
    let error = #expect(throws: ConfigurationError.self) { try IncidentRequest(parsing: text) }
    #expect(error?.problem == problem)
    #expect(error?.column == column)
    #expect(error?.found == text)
    #expect(error?.hint != nil)
  }

  @Test(arguments: [
    ("spike@1m+1m:nobody", "unknown service in an incident"),
    ("brute_force@1m+1m:ledger", "ledger can't have an incident of this kind"),
    ("spike@50m+20m", "an incident ends after the stream"),
  ])
  func refusesWhatTheStreamCannotHave(_ text: String, _ problem: String) throws {
    let settings = StreamSettings(
      durationSeconds: 3600, incidents: [try IncidentRequest(parsing: text)])
    let error = #expect(throws: ConfigurationError.self) { try StreamGenerator(settings) }
    #expect(error?.problem == problem)
  }

  @Test func aSmallStreamRefusesWhatNoneOfItsServicesCanHave() throws {
    let settings = StreamSettings(
      durationSeconds: 3600, serviceCount: 1,
      incidents: [try IncidentRequest(parsing: "slow_queries@1m+1m")])
    #expect(throws: ConfigurationError.self) { try StreamGenerator(settings) }
  }
}
