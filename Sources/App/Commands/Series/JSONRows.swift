internal import Bytes
internal import Detection
internal import Model
internal import Output

/// `detect -o json`: an object for every row, or for those that are explained.
///
/// Besides the columns of the CSV: what decided (`measure`, `actual`, `typical`, `p_value`, `n`), `statistic` and
/// `threshold`, and `resting` where a row exceeds soon after an anomaly. `timestamp` is in UTC.
final class JSONRows: RowListing {
  private let sink: any LineSink
  private let name: String
  private let filter: RowFilter
  private var input: String?
  private let namesInput: Bool

  init(detector: String, filter: RowFilter, namesInput: Bool, to sink: any LineSink) {
    name = detector
    self.filter = filter
    self.namesInput = namesInput
    self.sink = sink
  }

  func begin(_ input: String) { self.input = namesInput ? input : nil }

  func add(_ judged: JudgedRow) throws {
    guard filter.wants(judged) else { return }
    let verdict = judged.verdict
    var line = JSONLine(kind: "row")
    line.pair("input", input)
    line.pair("line", judged.row.line)
    line.pair("timestamp", judged.row.time)
    line.pair("value", judged.row.value)
    line.pair("anomaly_score", verdict.score)
    line.pair("anomaly", verdict.isAnomaly)
    line.pair("detector", name)
    line.pair("expected", verdict.expected)
    line.pair("lower", verdict.lower)
    line.pair("upper", verdict.upper)
    if let evidence = verdict.evidence {
      line.pair("measure", evidence.measure.rawValue)
      line.pair("actual", evidence.actual)
      line.pair("typical", evidence.typical)
      line.pair("p_value", evidence.tail)
      line.pair("n", evidence.rows)
      line.pair("statistic", evidence.statistic)
      line.pair("threshold", evidence.threshold)
      if evidence.isResting { line.pair("resting", true) }
    }
    var out = ByteBuffer(capacity: 512)
    out.write(line.text())
    if try !sink.put(out) { throw ReaderGone() }
  }

  func flush() throws {
    if case .failed(let failure) = sink.flush() { throw failure }
  }

  func end() throws { try flush() }
}
