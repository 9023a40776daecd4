internal import Bytes
internal import Grouping
internal import Masking
internal import Model
internal import Output

/// What went into the groups of entries, as text or JSON lines.
struct FingerprintReport {
  let cases: [FingerprintCensus.Case]
  let casebook: RunCasebook
  let redactor: Redactor?

  func text() -> String {
    var text = ""
    for item in cases {
      let times = item.count == 1 ? "" : "  (and \(TextNumber.grouped(item.count - 1)) more)"
      text += "\(TerminalText.firstLine(shown(item.message)))\(times)\n"
      text += row("group", casebook.run.registry.group(of: item.shape).description)
      text += row("template", shown(casebook.run.registry.template(of: item.shape)))
      if let rule = item.rule { text += row("rule", "number \(rule) of fingerprints") }
      if let exception = item.exception {
        for type in exception.types { text += row("type", string(type)) }
        for frame in exception.frames {
          text += row(frame.verdict.isKept ? "frame" : "dropped", self.text(frame))
        }
        text += row("message", shown(string(exception.message)))
      } else {
        text += row("masked", shown(item.masked))
      }
      text += "\n"
    }
    return text
  }

  func json() -> String {
    var text = ""
    for item in cases {
      var line = JSONLine(kind: "fingerprint")
      line.pair("message", shown(item.message))
      line.pair("count", item.count)
      line.pair("group", casebook.run.registry.group(of: item.shape).description)
      line.pair("template", shown(casebook.run.registry.template(of: item.shape)))
      line.pair("of", item.exception == nil ? "message" : "exception")
      if let rule = item.rule { line.pair("rule", rule) }
      if let exception = item.exception {
        line.pair("types", exception.types.map(string))
        line.pair("frames", exception.frames.filter(\.verdict.isKept).map { string($0.name) })
        line.pair(
          "dropped", exception.frames.filter { !$0.verdict.isKept }.map { self.text($0) })
        line.pair("exception_message", shown(string(exception.message)))
      } else {
        line.pair("masked", shown(item.masked))
      }
      text += line.text()
    }
    return text
  }

  private func text(_ frame: ExceptionFingerprint.Frame) -> String {
    let name = string(frame.name.isEmpty ? frame.function : frame.name)
    return switch frame.verdict {
    case .kept: name
    case .standsIn: "\(name), as there are only frames of frameworks"
    case .framework(let entry): "\(name): framework, listed as \(string(entry))"
    case .generated: "\(name): generated code"
    case .repeated: "\(name): named already"
    case .beyondLimit: "\(name): behind the eighth frame"
    }
  }

  private func row(_ name: String, _ value: String) -> String {
    "  \(TerminalText.padded(name, to: 9)) \(TerminalText.firstLine(value))\n"
  }

  private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func shown(_ text: String) -> String { redactor?.redacted(text) ?? text }
}
