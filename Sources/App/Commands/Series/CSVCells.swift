internal import Bytes

/// The cells of one line of CSV (RFC 4180): quoted ones may hold commas and doubled quotes, no line ends.
enum CSVCells {
  /// Cells of a line; what stands behind a closing quote belongs to the cell as it is.
  static func split(_ line: Span<UInt8>) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    /// The cell holds nothing but blanks so far.
    var isBlank = true
    var at = 0
    while at < line.count {
      let byte = line[at]
      at += 1
      if isQuoted {
        if byte != 0x22 {
          cell.append(byte)
        } else if at < line.count, line[at] == 0x22 {
          cell.append(byte)
          at += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22, isBlank {
        cell.removeAll(keepingCapacity: true)
        isQuoted = true
        isBlank = false
      } else if byte == 0x2c {
        cells.append(String(decoding: cell, as: UTF8.self).trimmed)
        cell.removeAll(keepingCapacity: true)
        isBlank = true
      } else {
        if byte != 0x20, byte != 0x09 { isBlank = false }
        cell.append(byte)
      }
    }
    cells.append(String(decoding: cell, as: UTF8.self).trimmed)
    return cells
  }

  /// A cell as it has to stand in a line: quoted where it holds a comma, a quote or a line end.
  static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }) else {
      return cell
    }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }
}
