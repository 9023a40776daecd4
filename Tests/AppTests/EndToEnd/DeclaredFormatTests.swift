import Foundation
import Testing

@testable import App

/// Formats that packs declare, as `parse` and `explain` show them.
@Suite("Declared formats")
struct DeclaredFormatTests {
  private static let fixture = Shell.formats.appending(path: "declared.log").path

  /// Line, format, level, program, and a field.
  @Test("are recognised line by line")
  func recognised() throws {
    let shell = try Shell()
    let out = try shell.run("taffrail parse -c - -o json '\(Self.fixture)'").out
    let entries = out.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    let expected: [(Int, String, String, String, String)] = [
      (1, "haproxy.http_line", "error", "http.response.status_code", "503"),
      (2, "nginx.error_line", "error", "source.ip", "203.0.113.7"),
      (3, "apache.error_line", "error", "error.code", "AH00128"),
      (4, "envoy.access_line", "info", "http.request.method", "POST"),
      (5, "aws.alb", "info", "destination.port", "80"),
      (6, "iis.access_line", "warning", "url.query", "id=7"),
      (7, "squid.access_line", "info", "event.reason", "TCP_TUNNEL"),
      (8, "redis.line", "warning", "process.pid", "1"),
      (9, "mysql.error_line", "warning", "event.code", "MY-010068"),
      (10, "postgresql.csv_line", "error", "user.name", "alice"),
      (11, "mongodb.old_line", "info", "mongodb.component", "NETWORK"),
      (12, "xorg.line", "error", "process.name", "Xorg"),
      (13, "java.catalina", "error", "process.thread.name", "main"),
      (15, "gin.access_line", "warning", "source.ip", "203.0.113.3"),
    ]
    #expect(entries.map { $0["log.line"] as? Int } == expected.map(\.0))
    for (entry, row) in zip(entries, expected) {
      #expect(entry["taffrail.format"] as? String == row.1)
      #expect(entry["log.level"] as? String == row.2, "\(row.1)")
      #expect(entry[row.3].map { "\($0)" } == row.4, "\(row.1)")
    }
  }

  @Test("are the same in any division into chunks, and with any number of workers")
  func sameBytes() throws {
    let shell = try Shell()
    let whole = try shell.run("taffrail parse -c - -o json --workers 1 < '\(Self.fixture)'").out
    let slow = try shell.run(
      "while IFS= read -r line; do printf '%s\\n' \"$line\"; done < '\(Self.fixture)' "
        + "| taffrail parse -c - -o json --workers 3")
    #expect(slow.out == whole)
  }

  @Test(
    "are asked for by name, or by that of their pack",
    arguments: [("aws.alb", "aws.alb"), ("lines-cloud", "aws.alb"), ("redis.line", "plain")])
  func byName(name: String, format: String) throws {
    let shell = try Shell()
    let out = try shell.run(
      "sed -n 5p '\(Self.fixture)' | taffrail parse -c - -o json --format \(name)"
    ).out
    #expect(out.contains("\"taffrail.format\":\"\(format)\""))
  }

  @Test(
    "that are unknown are refused with the nearest",
    arguments: [("sylog", "syslog"), ("alb", "aws.alb"), ("aws.elbx", "aws.elb")])
  func unknown(name: String, near: String) throws {
    let shell = try Shell()
    let outcome = try shell.run("echo x | taffrail parse -c - --format \(name)")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("is no format"))
    #expect(outcome.error.contains("did you mean \(near)"))
  }

  @Test("are ranked by explain, with what fits none")
  func explained() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      { sed -n '8p;8p;8p' '\(Self.fixture)'; echo nothing at all; } > a.log
      taffrail explain --format -c - -o json a.log && taffrail explain --format -c - -o text a.log
      """)
    #expect(outcome.status == 0, "\(outcome.error)")
    let lines = outcome.out.split(separator: "\n")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(String(lines[0]).utf8)) as? [String: Any])
    let candidates = try #require(object["candidates"] as? [[String: Any]])
    #expect(candidates[0]["format"] as? String == "redis.line")
    #expect(candidates[0]["fits"] as? Double == 0.75)
    #expect(candidates[0]["taken"] as? Double == 0.75)
    #expect(object["unfit"] as? [String] == ["nothing at all"])
    #expect(lines.contains { $0.contains("75.0 % fit,  75.0 % taken  redis.line") })
  }

  @Test("explain says what it can explain")
  func usage() throws {
    let outcome = try Shell().run("taffrail explain x.log")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("explain --format"))
  }
}
