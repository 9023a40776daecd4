internal import Bytes
internal import Model
internal import Output
internal import Security

/// Writes what became of each rule, for people and for programs.
enum RuleReportText {
  static func text(_ reports: [SigmaReport]) -> String {
    var text = ""
    for report in reports {
      let state = report.state.rawValue
      text +=
        "\(state)\(String(repeating: " ", count: max(1, 9 - state.count)))"
        + "\(shown(report.title))  (\(shown(report.file)):\(report.line))\n"
      if let error = report.error {
        let lines = ConfigurationErrorText.text(error).split(separator: "\n")
        for line in lines { text += "         \(line)\n" }
      }
      for line in notes(report) { text += "         \(shown(line))\n" }
    }
    let counts = SigmaReport.State.allCases.map { state in
      "\(reports.count { $0.state == state }) \(state.rawValue)"
    }
    return text + "\(reports.count) rules: \(counts.joined(separator: ", "))\n"
  }

  /// Without what a terminal would take for commands.
  private static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
  }

  private static func notes(_ report: SigmaReport) -> [String] {
    var notes: [String] = []
    if let entries = report.entries {
      if entries == 0 { notes.append("these logs lack: entries of \(report.source)") }
      if !report.lacking.isEmpty, entries > 0 {
        notes.append("these logs lack: the fields \(report.lacking.joined(separator: ", "))")
      }
      if let matches = report.matches, matches > 0 {
        notes.append("matches: \(matches) of \(entries) entries")
      }
    }
    if !report.unmapped.isEmpty {
      notes.append(
        "only as the source's own field: \(report.unmapped.joined(separator: ", "))")
    }
    if !report.unused.isEmpty {
      notes.append("not in the condition: \(report.unused.joined(separator: ", "))")
    }
    if let never = report.never { notes.append("can never match: \(never)") }
    return notes
  }

  static func json(_ report: SigmaReport) -> String {
    var writer = ByteWriter()
    writer.write("{\"state\":")
    writer.writeJSON(string: report.state.rawValue)
    writer.write(",\"title\":")
    writer.writeJSON(string: report.title)
    if let id = report.id {
      writer.write(",\"id\":")
      writer.writeJSON(string: id)
    }
    writer.write(",\"file\":")
    writer.writeJSON(string: report.file)
    writer.write(",\"line\":\(report.line)")
    if !report.source.isEmpty {
      writer.write(",\"logsource\":")
      writer.writeJSON(string: report.source)
    }
    if let error = report.error { write(error, to: &writer) }
    for (key, list) in [
      ("unmapped", report.unmapped), ("lacking", report.lacking), ("unused", report.unused),
    ] where !list.isEmpty {
      writer.write(",\"\(key)\":")
      write(list, to: &writer)
    }
    if let entries = report.entries { writer.write(",\"entries\":\(entries)") }
    if let matches = report.matches { writer.write(",\"matches\":\(matches)") }
    if let never = report.never {
      writer.write(",\"never\":")
      writer.writeJSON(string: never)
    }
    writer.write("}\n")
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ error: ConfigurationError, to writer: inout ByteWriter) {
    writer.write(",\"problem\":")
    writer.writeJSON(string: error.problem)
    writer.write(",\"at\":\"\(error.line):\(error.column)\"")
    if let found = error.found {
      writer.write(",\"found\":")
      writer.writeJSON(string: found)
    }
    if !error.allowed.isEmpty {
      writer.write(",\"allowed\":")
      write(error.allowed, to: &writer)
    }
    if let hint = error.hint {
      writer.write(",\"hint\":")
      writer.writeJSON(string: hint)
    }
  }

  static func write(_ list: [String], to writer: inout ByteWriter) {
    writer.write("[")
    for (index, item) in list.enumerated() {
      if index > 0 { writer.write(",") }
      writer.writeJSON(string: item)
    }
    writer.write("]")
  }
}
