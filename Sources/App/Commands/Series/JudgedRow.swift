internal import Bytes
internal import Detection
internal import Output

/// A row with what the detector says of it.
struct JudgedRow {
  var row: SeriesRow
  var verdict: RowVerdict
}

/// Takes judged rows, in order, and writes them as one of the forms of `detect -o`.
protocol RowListing: AnyObject {
  /// Begins another input.
  func begin(_ input: String) throws
  func add(_ judged: JudgedRow) throws
  /// Writes what is ready to a reader who may be waiting.
  func flush() throws
  /// Everything has been added.
  func end() throws
}

extension LineSink {
  /// The same for callers to whom a failure is an error; false once the reader went away.
  func put(_ lines: borrowing ByteBuffer) throws -> Bool {
    switch write(lines.span) {
    case .failed(let failure): throw failure
    case .closed: return false
    case .open: return true
    }
  }
}
