internal import Bytes
internal import Model

/// Reads a series from the lines of a CSV whose header names the columns `timestamp` and `value`.
///
/// The columns may stand anywhere among others, in any case. A row that can't be read is counted with its
/// line. Order, duplicate stamps and gaps are counted too; such rows are read.
struct SeriesReader {
  private let file: String
  private var line = 0
  private var columns: (time: Int, value: Int)?
  private(set) var tally = SeriesTally()

  init(file: String) { self.file = file }

  /// The row of the next line; nil for the header, a blank line, and one that can't be read.
  ///
  /// - Parameter bytes: nil for a line beyond the limit.
  mutating func row(_ bytes: Span<UInt8>?) throws(ConfigurationError) -> SeriesRow? {
    line += 1
    guard let bytes else {
      guard columns != nil else { throw refusal(found: nil) }
      tally.leaveOut(.tooLong, line: line)
      return nil
    }
    let text = line == 1 ? Self.withoutMark(bytes) : bytes
    guard text.count > 0 else { return nil }
    let cells = CSVCells.split(text)
    guard let columns else {
      if cells == [""] { return nil }
      try readHeader(cells)
      return nil
    }
    if cells == [""] { return nil }
    guard cells.count > max(columns.time, columns.value) else {
      tally.leaveOut(.tooFewCells, line: line)
      return nil
    }
    let stamp = cells[columns.time]
    guard let time = RowCells.time(stamp) else {
      tally.leaveOut(.badStamp, line: line)
      return nil
    }
    let number = cells[columns.value]
    switch RowCells.value(number) {
    case .failure(let error):
      tally.leaveOut(error.fault, line: line)
      return nil
    case .success(let value):
      tally.read(time, line: line)
      return SeriesRow(line: line, time: time, stamp: stamp, number: number, value: value)
    }
  }

  /// An input that had bytes has to have had a header.
  func finish() throws(ConfigurationError) {
    if line > 0, columns == nil { throw refusal(found: nil) }
  }

  private mutating func readHeader(_ cells: [String]) throws(ConfigurationError) {
    let names = cells.map { $0.lowercased() }
    guard let time = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value")
    else { throw refusal(found: String(cells.joined(separator: ",").prefix(80))) }
    columns = (time, value)
  }

  private func refusal(found: String?) -> ConfigurationError {
    ConfigurationError(
      file: file, line: line, column: 1,
      problem: "no header with the columns timestamp and value", found: found,
      allowed: ["timestamp,value"])
  }

  /// Without the byte order mark that some programs write in front of UTF-8.
  @_lifetime(copy bytes)
  private static func withoutMark(_ bytes: Span<UInt8>) -> Span<UInt8> {
    guard bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf else {
      return bytes
    }
    return bytes.extracting(3..<bytes.count)
  }
}
