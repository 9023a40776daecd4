import Bytes
import Foundation
import Generation
import Model
import Testing

/// The demo's bundled incident is what docs/generate.md says it is.
@Suite struct FixtureTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures")

  private static func settings() throws -> StreamSettings {
    StreamSettings(
      seed: 2, start: Timestamp(seconds: 1_793_880_000), durationSeconds: 3 * 3600,
      entriesPerMinute: 4.7, format: .journald, serviceCount: 10, hostCount: 4,
      incidents: [try IncidentRequest(parsing: "dependency_outage@112m+20m*9:ledger")])
  }

  @Test func theDemoIsTheGeneratorsOutput() throws {
    let gunzip = Process()
    gunzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
    gunzip.arguments = ["-dc", Self.folder.appendingPathComponent("demo/incident.json.gz").path]
    let pipe = Pipe()
    gunzip.standardOutput = pipe
    try gunzip.run()
    let unpacked = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    gunzip.waitUntilExit()
    #expect(gunzip.terminationStatus == 0)
    #expect(unpacked == (try generate(Self.settings())))
  }

  @Test func theDemosTruthIsTheGenerators() throws {
    var writer = ByteWriter()
    for incident in try StreamGenerator(Self.settings()).truth { incident.write(into: &writer) }
    let file = try Data(contentsOf: Self.folder.appendingPathComponent("demo/truth.jsonl"))
    #expect([UInt8](file) == writer.bytes)
    #expect(writer.bytes.filter { $0 == 0x0a }.count == 1)
  }

  /// Before its start nothing of the incident is in the demo, and within its first minute it is.
  @Test func theDemosIncidentBeginsInItsMinute() throws {
    let seen = try Observation(Self.settings())
    let ledger = seen.service("ledger")
    let failures = seen.counts(0..<180) { $0.service == ledger && $0.text.role == .outage }
    #expect(failures[..<112].allSatisfy { $0 == 0 })
    #expect(failures[112..<132].allSatisfy { $0 >= 3 })
    #expect(failures[132...].allSatisfy { $0 == 0 })
  }

  @Test(arguments: [
    "journald.json", "journald.json-seq", "journald.export", "rfc3164.log", "rfc5424.log",
    "rfc5424.octets", "app.jsonl", "logfmt.log", "cri.log", "plain.log",
  ])
  func eachFormatHasItsFixture(_ name: String) throws {
    let file = try Data(contentsOf: Self.folder.appendingPathComponent("formats/\(name)"))
    #expect(file.count > 1000)
  }
}
