import Bytes
import Foundation
import Generation
import Model
import Testing

@Suite struct IncidentTests {
  /// Two hours of a Thursday's market; the incident from 40 to 80 minutes.
  private static func settings(
    _ kind: IncidentKind?, _ service: String, _ ratio: Double, seed: UInt64 = 31
  ) -> StreamSettings {
    StreamSettings(
      seed: seed, start: Timestamp(seconds: 1_772_668_800 + 12 * 3600), durationSeconds: 7200,
      entriesPerMinute: 3000, hostCount: 4,
      incidents: kind.map {
        [
          IncidentRequest(
            kind: $0, offsetSeconds: 2400, durationSeconds: 2400, ratio: ratio, service: service)
        ]
      } ?? [], hasChanges: false)
  }

  private static let calm = Result { try Observation(settings(nil, "", 1, seed: 99)) }

  /// What the kind multiplies, against the same minutes without it.
  @Test(
    arguments: [
      (IncidentKind.spike, "order-gateway"), (.slowQueries, "postgres"), (.bruteForce, "sshd"),
      (.orderRejects, "order-service"),
    ], [1.5, 4, 15])
  func theExcessHasItsRatio(_ what: (IncidentKind, String), _ ratio: Double) throws {
    let (kind, service) = what
    let role: TemplateText.Role =
      switch kind {
      case .slowQueries: .slow
      case .bruteForce: .bruteforce
      case .orderRejects: .reject
      default: .none
      }
    let with = try Observation(Self.settings(kind, service, ratio))
    let without = try Self.calm.get()
    let number = with.service(service)
    func isMeant(_ template: Landscape.Template) -> Bool {
      template.service == number
        && (role == .none ? template.text.severity >= .error : template.text.role == role)
    }
    let usual = without.sum(40..<80, where: isMeant)
    let seen = with.sum(40..<80, where: isMeant)
    #expect(usual > 40)
    #expect(abs(Double(seen) / Double(usual) / ratio - 1) < 0.25, "\(seen) against \(usual)")
    let before = with.sum(0..<40, where: isMeant)
    #expect(abs(Double(before) / Double(usual) - 1) < 0.5)
  }

  @Test func aNewErrorIsNewAndEnds() throws {
    let seen = try Observation(Self.settings(.newError, "pricing", 5))
    let pricing = seen.service("pricing")
    let isNew = { (template: Landscape.Template) in
      template.service == pricing && template.text.role == .fresh
    }
    #expect(seen.sum(0..<40, where: isNew) == 0)
    #expect(seen.sum(40..<80, where: isNew) > 150)
    #expect(seen.sum(80..<120, where: isNew) == 0)
  }

  @Test func aCrashLoopRestartsAsOftenAsItsRatioSays() throws {
    let seen = try Observation(Self.settings(.crashLoop, "risk", 3))
    let risk = seen.service("risk")
    let crashes = seen.sum(40..<80) { $0.service == risk && $0.text.role == .crash }
    #expect(abs(crashes - 120) <= 8)
    let starts = seen.sum(39..<82) { $0.service == risk && $0.text.marks.contains(.startup) }
    #expect(abs(starts - crashes) <= 1)
    #expect(seen.sum(40..<81) { $0.text.role == .scheduled } == crashes)
  }

  @Test func anOutageSpreadsToTheCallersAMinuteLater() throws {
    let seen = try Observation(Self.settings(.dependencyOutage, "ledger", 8))
    let ledger = seen.service("ledger")
    let first = (0..<120).first {
      minute in
      seen.sum(minute..<(minute + 1)) { $0.service == ledger && $0.text.role == .outage } > 0
    }
    #expect(first == 40)
    let truth = try #require(seen.plan.truth.first)
    #expect(truth.callers == ["order-gateway", "order-service", "settlement"])
    for name in truth.callers {
      let caller = seen.service(name)
      let failures = seen.counts(0..<120) { $0.service == caller && $0.text.role == .caller }
      let begin = try #require(failures.firstIndex { $0 > 0 })
      #expect((40...42).contains(begin), "\(name) from \(begin)")
      #expect(failures[80...].allSatisfy { $0 == 0 })
      #expect(failures[42..<80].reduce(0, +) > 100)
    }
  }

  @Test func silenceIsSilentAndEnds() throws {
    let seen = try Observation(Self.settings(.silence, "market-data", 0))
    let service = seen.service("market-data")
    #expect(seen.sum(40..<80) { $0.service == service } == 0)
    #expect(seen.sum(0..<40) { $0.service == service } > 1000)
    #expect(seen.sum(80..<120) { $0.service == service } > 1000)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func drawnIncidentsAreBalanced(_ seed: UInt64) throws {
    let count = 64
    let settings = StreamSettings(
      seed: seed, durationSeconds: 4 * 86_400, randomIncidentCount: count)
    let truth = try StreamGenerator(settings).truth
    #expect(truth.count == count)
    for kind in IncidentKind.drawn {
      #expect(truth.filter { $0.kind == kind }.count == count / IncidentKind.drawn.count)
    }
    let ratios = truth.filter { $0.kind != .silence }.map(\.ratio)
    #expect(ratios.allSatisfy { $0 >= 1.3 && $0 <= 20 })
    let bands = [1.3..<2, 2..<5, 5..<20.01].map { band in ratios.filter(band.contains).count }
    #expect(bands.allSatisfy { $0 >= 4 }, "\(bands)")
    #expect(Set(truth.map(\.service)).count >= 10)
    for (one, next) in zip(truth, truth.dropFirst()) { #expect(one.end <= next.start) }
    let end = settings.start.advanced(
      byNanoseconds: Int64(settings.durationSeconds) * 1_000_000_000)
    #expect(truth.allSatisfy { $0.start >= settings.start && $0.end <= end && $0.start < $0.end })
    #expect(truth.allSatisfy { $0.kind == .silence || !$0.template.isEmpty })
  }

  @Test func theTruthIsALineOfJSON() throws {
    let seen = try Observation(Self.settings(.dependencyOutage, "ledger", 8.5))
    var writer = ByteWriter()
    for incident in seen.plan.truth { incident.write(into: &writer) }
    let object = try JSONSerialization.jsonObject(with: Data(writer.bytes))
    let line = try #require(object as? [String: Any])
    #expect(line["start"] as? String == "2026-03-05T12:40:00.000Z")
    #expect(line["end"] as? String == "2026-03-05T13:20:00.000Z")
    #expect(line["service"] as? String == "ledger")
    #expect(line["kind"] as? String == "dependency_outage")
    #expect(line["ratio"] as? Double == 8.5)
    #expect((line["template"] as? String)?.hasPrefix("Connection is not available") == true)
    #expect(writer.bytes.last == 0x0a)
  }
}
