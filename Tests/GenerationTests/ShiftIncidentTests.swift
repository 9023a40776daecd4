import Foundation
import Generation
import Model
import Testing

/// Incidents that change no count: what stops, and what values become.
@Suite struct ShiftIncidentTests {
  private func settings(_ kind: IncidentKind?, _ service: String, _ ratio: Double) -> StreamSettings
  {
    StreamSettings(
      seed: 12, durationSeconds: 7200, entriesPerMinute: 600, format: .rfc3164, hostCount: 2,
      incidents: kind.map {
        [
          IncidentRequest(
            kind: $0, offsetSeconds: 3600, durationSeconds: 1800, ratio: ratio, service: service)
        ]
      } ?? [], hasChanges: false)
  }

  private func beats(_ role: TemplateText.Role) -> (Landscape.Template) -> Bool {
    { $0.text.role == role }
  }

  /// Each instance's beat comes once an interval, early or late by its spread.
  @Test(arguments: [(TemplateText.Role.heartbeat, 60), (.poll, 30), (.sync, 300)])
  func beatsKeepTheirInterval(_ role: TemplateText.Role, _ seconds: Int) throws {
    let seen = try Observation(settings(nil, "", 1))
    let count = seen.sum(0..<120, where: beats(role))
    #expect(abs(count - 2 * 7200 / seconds) <= 4)
  }

  @Test func aStoppedHeartbeatLeavesTheOthers() throws {
    let seen = try Observation(settings(.heartbeatStop, "node-agent", 0))
    #expect(seen.sum(60..<90, where: beats(.heartbeat)) == 0)
    #expect(seen.sum(90..<120, where: beats(.heartbeat)) >= 58)
    #expect(seen.sum(60..<90, where: beats(.poll)) >= 110)
    #expect(seen.plan.truth.map(\.kind) == [.heartbeatStop])
    #expect(seen.plan.truth.first?.template.hasPrefix("heartbeat sent") == true)
  }

  /// What the lines of nginx say between two minutes of the stream.
  private func statuses(_ text: String, _ minutes: Range<Int>) -> (all: Int, failed: Int) {
    var all = 0
    var failed = 0
    for line in text.split(separator: "\n") where line.contains(" nginx[") {
      let clock = line.dropFirst(
        line.hasPrefix("<")
          ? line.firstIndex(of: ">").map {
            line.distance(from: line.startIndex, to: $0) + 1
          } ?? 0 : 0
      ).dropFirst(7).prefix(8).split(separator: ":").compactMap { Int($0) }
      guard clock.count == 3, minutes.contains(clock[0] * 60 + clock[1]),
        let quote = line.range(of: "HTTP/1.1\" ") ?? line.range(of: "HTTP/2.0\" ")
      else { continue }
      all += 1
      if line[quote.upperBound...].first == "5" { failed += 1 }
    }
    return (all, failed)
  }

  @Test func statusesFailInTheirShareAlone() throws {
    let text = String(
      decoding: try generate(settings(.statusShift, "nginx", 20)), as: UTF8.self)
    let before = statuses(text, 0..<60)
    let during = statuses(text, 60..<90)
    #expect(before.all > 100)
    #expect(before.failed == 0)
    #expect(during.failed > 0)
    #expect(Double(during.failed) / Double(during.all) < 0.25)
  }

  /// The counts are those of the stream without the incident.
  @Test(arguments: [
    (IncidentKind.latencyShift, "pricing"), (.tokenShift, "sshd"), (.statusShift, "nginx"),
  ])
  func countsStayWhatTheyWere(_ kind: IncidentKind, _ service: String) throws {
    let with = try Observation(settings(kind, service, 5))
    let usual = Double(with.sum(0..<60) { $0.service == with.service(service) })
    let seen = Double(with.sum(60..<90) { $0.service == with.service(service) })
    #expect(abs(2 * seen / usual - 1) < 0.35)
  }

  @Test func aServiceWithoutSuchValuesIsRefused() {
    #expect(throws: ConfigurationError.self) {
      try MinutePlan(settings(.statusShift, "sshd", 5))
    }
  }
}
