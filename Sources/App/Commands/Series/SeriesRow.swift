internal import Ingest
internal import Model

/// One readable row of a series.
struct SeriesRow {
  /// 1-based, in its input.
  var line: Int
  var time: Timestamp
  /// The stamp and the number as they stand in the input.
  var stamp: String
  var number: String
  var value: Double
}

/// Why a row was left out.
enum RowFault: Int, CaseIterable {
  case tooLong, tooFewCells, badStamp, badNumber, notFinite

  var words: String {
    switch self {
    case .tooLong: "longer than 1 MiB"
    case .tooFewCells: "with too few cells"
    case .badStamp: "without a time in the timestamp column"
    case .badNumber: "without a number in the value column"
    case .notFinite: "with a value that is not finite or too large"
    }
  }
}

/// Reads the cells of a row.
enum RowCells {
  static func value(_ cell: String) -> Result<Double, RowFaultError> {
    let isPlain = cell.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains($0)
    }
    if isPlain, let value = Double(cell) {
      return value.isFinite && abs(value) < 1e150 ? .success(value) : .failure(.init(.notFinite))
    }
    let word = cell.lowercased().drop { $0 == "-" || $0 == "+" }
    let isNamed = ["nan", "inf", "infinity"].contains(String(word))
    return .failure(.init(isNamed ? .notFinite : .badNumber))
  }

  /// RFC 3339 and its relatives, also without seconds or time of day, or a number since 1970.
  static func time(_ cell: String) -> Timestamp? {
    var bytes = Array(cell.utf8)
    if let number = EpochStamp.read(bytes.span) { return number.time }
    if bytes.count == 16 { bytes += Array(":00".utf8) }
    if bytes.count == 10 { bytes += Array(" 00:00:00".utf8) }
    let span = bytes.span
    guard let stamp = ISOStamp.read(span, at: 0, zone: InputZone()), stamp.end == span.count else {
      return nil
    }
    return stamp.time
  }
}

struct RowFaultError: Error {
  var fault: RowFault

  init(_ fault: RowFault) { self.fault = fault }
}
