internal import Bytes
internal import Detection
internal import Output

/// `detect -o text`: the anomalies as a table, a line each as they are found, and a line that counts them.
///
/// With explanations, a block for each row that is explained instead.
final class TextRows: RowListing {
  private let sink: any LineSink
  private let style: TextStyle
  private let detector: String
  /// nil for the table.
  private let filter: RowFilter?
  private let namesInput: Bool
  private var rows = 0
  private var anomalies = 0
  private var width = 20

  init(
    detector: String, filter: RowFilter?, namesInput: Bool, style: TextStyle, to sink: any LineSink
  ) {
    self.detector = detector
    self.filter = filter
    self.namesInput = namesInput
    self.style = style
    self.sink = sink
  }

  func begin(_ input: String) throws {
    if namesInput { try write(style.strong(TerminalText.escaped(input)) + "\n") }
    width = 20
  }

  func add(_ judged: JudgedRow) throws {
    rows += 1
    if judged.verdict.isAnomaly { anomalies += 1 }
    if let filter {
      if filter.wants(judged) {
        try write(RowExplanation(style: style).text(judged, detector: detector))
      }
    } else if judged.verdict.isAnomaly {
      try line(judged)
    }
  }

  func flush() throws {
    if case .failed(let failure) = sink.flush() { throw failure }
  }

  func end() throws {
    let found = anomalies == 1 ? "1 anomaly" : "\(TextNumber.grouped(anomalies)) anomalies"
    try write(style.faint("\(found) in \(TextNumber.grouped(rows)) rows (\(detector))") + "\n")
    try flush()
  }

  private func line(_ judged: JudgedRow) throws {
    let verdict = judged.verdict
    if anomalies == 1 {
      try write(style.faint(columns("TIME", "VALUE", "EXPECTED", "FROM … TO", "SCORE")) + "\n")
    }
    let stamp = TerminalText.escaped(judged.row.stamp)
    width = max(width, stamp.count)
    let band = "\(number(verdict.lower)) … \(number(verdict.upper))"
    try write(
      columns(
        stamp, TerminalText.escaped(judged.row.number), number(verdict.expected), band,
        TextNumber.significant(verdict.score)) + "\n")
  }

  private func columns(
    _ stamp: String, _ value: String, _ expected: String, _ band: String, _ score: String
  ) -> String {
    [
      TerminalText.padded(stamp, to: width), TerminalText.right(value, to: 10),
      TerminalText.right(expected, to: 10), TerminalText.right(band, to: 22),
      TerminalText.right(score, to: 6),
    ].joined(separator: "  ")
  }

  private func number(_ value: Double?) -> String { value.map(TextNumber.significant) ?? "" }

  private func write(_ text: String) throws {
    var out = ByteBuffer(capacity: 512)
    out.write(text)
    if try !sink.put(out) { throw ReaderGone() }
  }
}
