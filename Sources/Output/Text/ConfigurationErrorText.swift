package import Model

/// A mistake in what the user wrote, as prose: place, problem, the line with a caret, what is allowed.
package enum ConfigurationErrorText {
  /// Longest list of what is allowed; the rest is counted.
  private static let allowedLimit = 20

  /// - Parameter source: the file's text, where it could be read.
  package static func text(
    _ error: ConfigurationError, source: String? = nil, style: TextStyle = TextStyle()
  ) -> String {
    var place = TerminalText.escaped(error.file)
    if error.line > 0 {
      place += ":\(error.line)"
      if error.column > 0 { place += ":\(error.column)" }
    }
    var lines = [
      style.paint("error", .boldRed) + ": \(place)\(place.isEmpty ? "" : ": ")"
        + style.paint(TerminalText.escaped(error.problem), .bold)
    ]
    lines += snippet(error, source: source, style: style)
    if let found = error.found { lines.append(row("found", found, style)) }
    if !error.allowed.isEmpty {
      let shown = error.allowed.prefix(allowedLimit).joined(separator: ", ")
      let more = error.allowed.count - allowedLimit
      lines.append(row("allowed", more > 0 ? "\(shown) and \(more) more" : shown, style))
    }
    if let hint = error.hint { lines.append(row("hint", hint, style)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func snippet(
    _ error: ConfigurationError, source: String?, style: TextStyle
  ) -> [String] {
    guard let source, error.line > 0 else { return [] }
    let all = source.utf8.split(
      separator: 0x0a, maxSplits: error.line, omittingEmptySubsequences: false)
    guard error.line <= all.count else { return [] }
    var line = String(decoding: all[error.line - 1], as: UTF8.self)
    if line.hasSuffix("\r") { line.removeLast() }
    line = line.replacing("\t", with: " ")
    let number = "\(error.line)"
    let gutter = style.paint("\(TerminalText.right(number, to: 5)) | ", .faint)
    let blank = style.paint(String(repeating: " ", count: 5) + " | ", .faint)
    var lines = [gutter + TerminalText.cut(TerminalText.escaped(line), to: 160)]
    if error.column > 0, error.column <= line.count + 1, error.column <= 160 {
      let before = String(line.prefix(error.column - 1))
      let rest = line.dropFirst(error.column - 1)
      let marked = error.found.flatMap { rest.hasPrefix($0) ? $0 : nil } ?? ""
      let indent = TerminalText.columns(TerminalText.escaped(before))
      let width = max(1, TerminalText.columns(TerminalText.escaped(marked)))
      lines.append(
        blank + String(repeating: " ", count: indent)
          + style.paint(String(repeating: "^", count: width), .red))
    }
    return lines
  }

  private static func row(_ label: String, _ text: String, _ style: TextStyle) -> String {
    "  " + style.paint(TerminalText.padded(label, to: 9), .faint) + TerminalText.escaped(text)
  }
}
