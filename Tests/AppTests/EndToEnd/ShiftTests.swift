import Foundation
import Testing

/// What is seen of entries and not of counts: found in a generated stream, the same however it is read.
@Suite("Shifts and absences")
struct ShiftTests {
  /// Types of insights that open on a service, with the first decision's time.
  private func told(_ out: String, _ types: Set<String>) throws -> [(type: String, service: String)]
  {
    try out.split(separator: "\n").map { try Shell.object(String($0)) }.compactMap { line in
      guard line["kind"] as? String == "insight", line["status"] as? String == "open",
        let type = line["type"] as? String, types.contains(type)
      else { return nil }
      return (type, line["service"] as? String ?? "")
    }
  }

  private static let generate =
    "taffrail generate --format rfc3164 --seed 5 --start 2026-03-02T06:00:00Z --hosts 2 --calm "

  @Test func eachIncidentIsFoundHoweverTheStreamIsRead() throws {
    let shell = try Shell()
    let made = try shell.run(
      Self.generate + "--duration 6h --rate 90/m --incident 'heartbeat_stop@5h+30m:node-agent' "
        + "--incident 'status_shift@5h+40m*40:nginx' > input.log")
    #expect(made.status == 0, "\(made.error)")
    var outputs: [String] = []
    for (read, workers) in [
      ("cat input.log", 1), ("cat input.log", 3), ("dd if=input.log bs=333 status=none", 2),
    ] {
      let outcome = try shell.run(
        "\(read) | taffrail analyze -c - -o json --input-year 2026 --workers \(workers)")
      #expect(outcome.status == 0, "\(outcome.error)")
      outputs.append(outcome.out)
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] == outputs[2])
    let found = try told(outputs[0], ["absence", "numeric_shift", "status_shift"])
    #expect(found.contains { $0.type == "absence" && $0.service == "node-agent" })
    #expect(found.contains { $0.type == "status_shift" && $0.service == "nginx" })
  }

  @Test func aLongerDurationIsFound() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      Self.generate + "--duration 6h --services 10 --rate 400/m "
        + "--incident 'latency_shift@5h+55m*12:pricing' "
        + "| taffrail analyze -c - -o json --input-year 2026")
    let found = try told(outcome.out, ["numeric_shift", "absence", "token_shift"])
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.type == "numeric_shift" && $0.service == "pricing" })
  }

  @Test func aQuietStreamHasNone() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      Self.generate + "--duration 6h --rate 60/m | taffrail analyze -c - -o json --input-year 2026")
    let types: Set<String> = [
      "absence", "numeric_shift", "status_shift", "token_shift", "gone_group", "rare_group",
    ]
    #expect(try told(outcome.out, types).isEmpty)
  }
}
