internal import Bytes
internal import Detection
internal import Ingest
internal import Model
internal import Output

/// Reads a series as CSV row by row and writes each row back with what the detector says of it.
enum SeriesTable {
  private static let header =
    "timestamp,value,anomaly_score,anomaly,detector,expected,lower,upper\n"

  /// Judges all rows of a table, of which an empty one has none; returns how many could not be read.
  static func judge(
    _ bytes: [UInt8], file: String, _ choice: SeriesDetectorChoice, header isWanted: Bool,
    to sink: any LineSink
  ) throws -> Int {
    guard var detector = choice.make() else { return 0 }
    var out = ByteBuffer(capacity: 1 << 16)
    if isWanted { out.write(header) }
    var bad = 0
    var columns: (time: Int, value: Int)?
    let lines = bytes.split(separator: 0x0a)
    for line in lines {
      let row = line.last == 0x0d ? line.dropLast() : line
      let cells = row.split(separator: 0x2c, omittingEmptySubsequences: false)
      guard let known = columns else {
        columns = try self.columns(cells, file: file)
        continue
      }
      guard cells.count > max(known.time, known.value) else {
        bad += 1
        continue
      }
      let stamp = String(decoding: cells[known.time], as: UTF8.self)
      let number = String(decoding: cells[known.value], as: UTF8.self)
      guard let time = time(Array(cells[known.time])), let value = Double(number.trimmed),
        value.isFinite
      else {
        bad += 1
        continue
      }
      write(detector.judge(time, value), stamp, number.trimmed, choice.name, to: &out)
      if out.count > 1 << 16 {
        if case .failed(let failure) = sink.write(out.span) { throw failure }
        out.removeAll()
      }
    }
    if case .failed(let failure) = sink.write(out.span) { throw failure }
    return bad
  }

  private static func columns(
    _ cells: [ArraySlice<UInt8>], file: String
  ) throws(ConfigurationError) -> (time: Int, value: Int) {
    let names = cells.map { String(decoding: $0, as: UTF8.self).trimmed.lowercased() }
    guard let time = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value")
    else { throw refusal(file, found: names.joined(separator: ",")) }
    return (time, value)
  }

  private static func refusal(_ file: String, found: String?) -> ConfigurationError {
    ConfigurationError(
      file: file, line: 1, column: 1, problem: "no header with the columns timestamp and value",
      found: found, allowed: ["timestamp,value"])
  }

  private static func time(_ cell: [UInt8]) -> Timestamp? {
    let span = cell.span
    if let stamp = ISOStamp.read(span, at: 0, zone: InputZone()), stamp.end == cell.count {
      return stamp.time
    }
    guard let seconds = Double(String(decoding: cell, as: UTF8.self).trimmed),
      abs(seconds) < 9.2e9
    else { return nil }
    return Timestamp(nanoseconds: Int64(seconds * 1e9))
  }

  private static func write(
    _ verdict: RowVerdict, _ stamp: String, _ number: String, _ name: String,
    to out: inout ByteBuffer
  ) {
    out.write(
      "\(stamp),\(number),\(verdict.score),\(verdict.isAnomaly ? 1 : 0),\(name),"
        + "\(text(verdict.expected)),\(text(verdict.lower)),\(text(verdict.upper))\n")
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
