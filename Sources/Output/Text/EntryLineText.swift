package import Bytes
package import Model

/// Entries as lines for people: time, severity, where from, what it says; control characters escaped.
package struct EntryLineText: Sendable {
  private let style: TextStyle
  private let redactor: Redactor?

  /// - Parameter redactor: where given, secrets are taken out of messages.
  package init(style: TextStyle, redactor: Redactor?) {
    self.style = style
    self.redactor = redactor
  }

  /// Writes an entry's line.
  ///
  /// - Parameter source: the service's or the program's name; may be empty.
  package func write(_ entry: Entry, of batch: Batch, source: String, to out: inout ByteBuffer) {
    let time = entry.time.isKnown ? TextTime.stamp(entry.time, style.zone) : "no time"
    let name = entry.severity == .unknown ? "" : entry.severity.name
    let level = TerminalText.padded(name, to: 8)
    let text = batch.arenas.text(entry.message)
    let message = TerminalText.firstLine(redactor?.redacted(text) ?? text)
    let place = source.isEmpty ? "" : TerminalText.escaped(source) + ": "
    let head = "\(time)  \(level)  \(place)"
    let room = style.columns.map { max(8, $0 - TerminalText.columns(head)) }
    out.write(
      style.paint(time, .faint) + "  " + style.paint(level, colour(of: entry.severity)) + "  "
        + style.paint(place, .bold) + TerminalText.cut(message, to: room) + "\n")
  }

  private func colour(of severity: Severity) -> TextStyle.Colour {
    if severity >= .critical { return .boldRed }
    if severity.isError { return .red }
    return severity == .warning ? .yellow : .faint
  }
}
