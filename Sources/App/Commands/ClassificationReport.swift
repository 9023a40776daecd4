internal import Bytes
internal import Model
internal import Output
internal import Triage

/// How entries were classified, and by what evidence, as text or JSON lines.
struct ClassificationReport {
  let cases: [ClassificationCensus.Case]
  /// Ids of the patterns, by their number less one.
  let patterns: [String]
  let redactor: Redactor?

  func text() -> String {
    var text = ""
    for item in cases {
      let times = item.count == 1 ? "" : "  (and \(TextNumber.grouped(item.count - 1)) more)"
      text += "\(TerminalText.firstLine(shown(item.message)))\(times)\n"
      let pattern = self.pattern(item.entry)
      text += row("pattern", pattern ?? "none")
      text += row("severity", severity(item.entry))
      text += row("category", category(item.entry))
      text += row("outcome", outcome(item.entry))
      for reading in item.readings { text += row("model", self.text(reading, item.entry)) }
      text += "\n"
    }
    return text
  }

  private func row(_ name: String, _ value: String) -> String {
    "  \(TerminalText.padded(name, to: 9)) \(value)\n"
  }

  private func severity(_ entry: Entry) -> String {
    guard entry.severity != .unknown else { return "unknown" }
    let source = said("\(entry.severitySource)", entry.severityConfidence)
    guard entry.statedSeverity != .unknown, entry.statedSeverity != entry.severity else {
      return "\(entry.severity.name), by \(source)"
    }
    return "\(entry.severity.name), by \(source); stated: \(entry.statedSeverity.name)"
  }

  private func category(_ entry: Entry) -> String {
    switch entry.categorySource {
    case .none where entry.category == .other: "other"
    case .none: "\(entry.category.name), as nothing tells more"
    default:
      "\(entry.category.name), by \(said("\(entry.categorySource)", entry.categoryConfidence))"
    }
  }

  private func outcome(_ entry: Entry) -> String {
    entry.outcome == .none
      ? "none"
      : "\(entry.outcome.name), by \(said("\(entry.outcomeSource)", entry.outcomeConfidence))"
  }

  private func said(_ source: String, _ confidence: UInt8) -> String {
    confidence == 0 ? source : "\(source), \(confidence) % sure"
  }

  private func text(_ reading: TextReading, _ entry: Entry) -> String {
    let words = reading.words.map { word in
      "\(word.weight < 0 ? "-" : "+")\(Self.tenths(abs(word.weight))) \(TerminalText.escaped(shown(word.word)))"
    }
    let verdict =
      !reading.isSaid ? "not said" : isTaken(reading, entry) ? "said" : "said, not taken"
    return "\(reading.question.name): \(reading.answer) before \(reading.second),"
      + " \(reading.confidence) % sure, \(verdict)"
      + (words.isEmpty ? "; it knows no word" : ": " + words.joined(separator: ", "))
  }

  /// Whether the entry is called what the model says, and not what something better knows.
  private func isTaken(_ reading: TextReading, _ entry: Entry) -> Bool {
    switch reading.question {
    case .category: reading.isSaid && entry.categorySource == .model
    case .outcome: reading.isSaid && entry.outcomeSource == .model
    case .severity: reading.isSaid && entry.severitySource == .model
    }
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  func json() -> String {
    var text = ""
    for item in cases {
      let entry = item.entry
      var line = JSONLine(kind: "classification")
      line.pair("message", shown(item.message))
      line.pair("count", item.count)
      line.pair("program", item.program.isEmpty ? nil : item.program)
      line.pair("pattern", pattern(entry))
      line.pair("severity", entry.severity == .unknown ? nil : entry.severity.name)
      line.pair("severity_source", "\(entry.severitySource)")
      line.pair("severity_confidence", share(entry.severityConfidence))
      line.pair("category", entry.category.name)
      line.pair("category_source", "\(entry.categorySource)")
      line.pair("category_confidence", share(entry.categoryConfidence))
      if entry.outcome != .none {
        line.pair("outcome", entry.outcome.name)
        line.pair("outcome_source", "\(entry.outcomeSource)")
        line.pair("outcome_confidence", share(entry.outcomeConfidence))
      }
      text += line.text()
      for reading in item.readings { text += json(reading, entry) }
    }
    return text
  }

  private func json(_ reading: TextReading, _ entry: Entry) -> String {
    var line = JSONLine(kind: "model")
    line.pair("question", reading.question.name)
    line.pair("answer", reading.answer)
    line.pair("second", reading.second)
    line.pair("confidence", Double(reading.confidence) / 100)
    line.pair("said", reading.isSaid)
    line.pair("taken", isTaken(reading, entry))
    line.pair("words", reading.words.map { shown($0.word) })
    line.pair("weights", reading.words.map { Self.signedTenths($0.weight) })
    return line.text()
  }

  private static func signedTenths(_ number: Double) -> String {
    "\(number < 0 ? "-" : "")\(tenths(abs(number)))"
  }

  private func share(_ percent: UInt8) -> Double? {
    percent == 0 ? nil : Double(percent) / 100
  }

  private func pattern(_ entry: Entry) -> String? {
    entry.pattern == 0 || Int(entry.pattern) > patterns.count
      ? nil : patterns[Int(entry.pattern) - 1]
  }

  private func shown(_ text: String) -> String { redactor?.redacted(text) ?? text }
}
