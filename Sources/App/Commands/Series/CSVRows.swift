internal import Bytes
internal import Detection
internal import Output

/// `detect -o csv`: every row back with score, verdict, expectation and bounds.
final class CSVRows: RowListing {
  private static let header =
    "timestamp,value,anomaly_score,anomaly,detector,expected,lower,upper\n"

  private let sink: any LineSink
  private let name: String
  private var out = ByteBuffer(capacity: 1 << 16)
  private var isBegun = false

  init(detector: String, to sink: any LineSink) {
    name = detector
    self.sink = sink
  }

  func begin(_ input: String) {
    if !isBegun { out.write(Self.header) }
    isBegun = true
  }

  func add(_ judged: JudgedRow) throws {
    let verdict = judged.verdict
    out.write(CSVCells.quoted(judged.row.stamp))
    out.write(0x2c)
    out.write(judged.row.number)
    out.write(0x2c)
    out.write("\(verdict.score + 0)")
    out.write(verdict.isAnomaly ? ",1," : ",0," as StaticString)
    out.write(name)
    for bound in [verdict.expected, verdict.lower, verdict.upper] {
      out.write(0x2c)
      if let bound { out.write("\(bound)") }
    }
    out.write(0x0a)
    if out.count > 1 << 15 { try handOn() }
  }

  func flush() throws {
    try handOn()
    if case .failed(let failure) = sink.flush() { throw failure }
  }

  func end() throws { try flush() }

  private func handOn() throws {
    let isOpen = try sink.put(out)
    out.removeAll()
    if !isOpen { throw ReaderGone() }
  }
}

/// The reader of our output went away: the run ends quietly.
struct ReaderGone: Error {}
