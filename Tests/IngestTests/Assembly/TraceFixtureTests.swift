import Foundation
import Model
import Testing

/// Each trace under `fixtures/traces` is one entry, in every form in which its lines can come.
@Suite struct TraceFixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fixtures/traces")

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return found.filter { $0.hasSuffix(".txt") }.sorted()
  }()

  static func lines(_ name: String) throws -> [String] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// How the lines of a process come: each in a frame of its own, or bare.
  enum Form: String, CaseIterable {
    case bare, stamped, syslog, docker, cri, journald
  }

  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\t": out += "\\t"
      case "\n": out += "\\n"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A line of process `process` in the form.
  static func framed(_ line: String, _ form: Form, process: Int) -> String {
    switch form {
    case .bare, .stamped: line
    case .syslog: "Mar  1 09:30:00 host app[\(process)]: \(line)"
    case .docker:
      #"{"log":\#(quoted(line + "\n")),"stream":"std\#(process)","time":"2026-03-01T09:30:00Z"}"#
    case .cri: "2026-03-01T09:30:00.000000001Z \(process == 7 ? "stderr" : "stdout") F \(line)"
    case .journald:
      #"{"__REALTIME_TIMESTAMP":"1772357400000000","_SYSTEMD_UNIT":"app.service","_PID":"\#(process)","SYSLOG_IDENTIFIER":"app","MESSAGE":\#(quoted(line))}"#
    }
  }

  @Test(arguments: names, Form.allCases)
  func oneEntry(_ name: String, _ form: Form) throws {
    let trace = try Self.lines(name)
    // No logger writes these behind a header.
    if form == .stamped, trace[0].hasPrefix(" ") || trace[0].hasPrefix("-") { return }
    var input: [String] = []
    let isText = form == .bare || form == .stamped
    let before = isText ? "2026-03-01 09:30:00 INFO app - before" : "before it all"
    let after = isText ? "2026-03-01 09:30:01 INFO app - after" : "after it all"
    input.append(Self.framed(before, form, process: 7))
    for (number, line) in trace.enumerated() {
      let isHead = form == .stamped && number == 0
      let text = isHead ? "2026-03-01 09:30:00 ERROR app - \(line)" : line
      input.append(Self.framed(text, form, process: 7))
      // Another process writes between the lines.
      if !isText { input.append(Self.framed("other work goes on", form, process: 8)) }
    }
    input.append(Self.framed(after, form, process: 7))
    let run = DecoderRun(Array((input.joined(separator: "\n") + "\n").utf8))
    #expect(run.isBalanced)
    let entries = run.entries.filter { $0.message != "other work goes on" }
    let heads = entries.map { $0.message.split(separator: "\n").first.map(String.init) ?? "" }
    let first = form == .stamped ? trace[0].drop { $0 == " " } : trace[0][...]
    #expect(entries.count == 3, "\(heads)")
    guard entries.count == 3 else { return }
    let joined = entries[1].message.split(separator: "\n").dropFirst().map(String.init)
    #expect(heads[1].drop { $0 == " " } == first.drop { $0 == " " })
    #expect(joined == trace.dropFirst().filter { !$0.isEmpty })
  }
}
