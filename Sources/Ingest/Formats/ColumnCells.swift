import Bytes
import Model

/// Where the values of a line stand that a header's columns name.
struct ColumnCells {
  struct Cell {
    var from: Int
    var to: Int
    /// Quotes within it are written twice.
    var hasQuotes = false
  }

  /// Columns beyond this number stay unread.
  static let limit = 512

  private(set) var cells: [Cell] = []

  var count: Int { cells.count }

  subscript(_ column: Int) -> Cell { cells[column] }

  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x2c || byte == 0x3b || byte == 0x09 || byte == 0x7c
  }

  /// The separator that a header uses most: comma, semicolon, tab or bar.
  static func separator(of header: Span<UInt8>) -> UInt8 {
    var best: (byte: UInt8, count: Int) = (0x2c, 0)
    for byte: UInt8 in [0x2c, 0x3b, 0x09, 0x7c] {
      let count = header.count(of: byte, 0, header.count)
      if count > best.count { best = (byte, count) }
    }
    return best.byte
  }

  /// Reads a record of separated values.
  mutating func read(_ bytes: Span<UInt8>, separator: UInt8) {
    cells.removeAll(keepingCapacity: true)
    var at = 0
    while cells.count < Self.limit {
      var cell = Cell(from: at, to: at)
      if at < bytes.count, bytes[at] == 0x22 {
        let end = CSVFrame.quotedEnd(bytes, from: at) ?? bytes.count + 1
        cell.from = at + 1
        cell.to = max(cell.from, end - 1)
        cell.hasQuotes =
          bytes.extracting(cell.from..<min(cell.to, bytes.count)).scan(for: 0x22) != nil
        at = min(end, bytes.count)
        // What stands behind a closing quote is none of the value.
        while at < bytes.count, bytes[at] != separator { at += 1 }
      } else {
        while at < bytes.count, bytes[at] != separator { at += 1 }
        cell.to = at
      }
      cell.to = min(cell.to, bytes.count)
      cells.append(cell)
      guard at < bytes.count else { return }
      at += 1
    }
  }

  /// Reads a line whose values stand between blanks, or in quotes.
  mutating func readWords(_ bytes: Span<UInt8>) {
    cells.removeAll(keepingCapacity: true)
    var at = bytes.skipBlanks(0)
    while at < bytes.count, cells.count < Self.limit {
      var cell = Cell(from: at, to: bytes.wordEnd(at))
      if bytes[at] == 0x22, let end = CSVFrame.quotedEnd(bytes, from: at),
        end == bytes.count || bytes[end].isBlank
      {
        cell = Cell(from: at + 1, to: end - 1)
        cell.hasQuotes = bytes.extracting((at + 1)..<(end - 1)).scan(for: 0x22) != nil
        at = end
      } else {
        at = cell.to
      }
      cells.append(cell)
      at = bytes.skipBlanks(at)
    }
  }
}

/// What a header says of the columns: W3C's `#Fields:` line, or the first record of a CSV file.
struct ColumnNames {
  struct Column {
    /// In the batch's side arena.
    var key: ByteRange
    /// Raw value of the `KnownKey` that it is spelled as, or 0.
    var known: UInt8
  }

  var columns: [Column] = []
  var separator: UInt8 = 0x2c
  /// Columns that hold parts of the stamp, or -1.
  var date = -1
  var time = -1
  /// The column of the client's address, or -1.
  var client = -1

  var isEmpty: Bool { columns.isEmpty }

  /// W3C's identifiers (Extended Log File Format, and IIS's additions) by their ECS names.
  static let ecs: [(StaticString, StaticString)] = [
    ("c-ip", "source.ip"), ("c-port", "source.port"), ("cs-username", "user.name"),
    ("s-ip", "destination.ip"), ("s-port", "destination.port"), ("s-computername", "host.name"),
    ("cs-host", "url.domain"), ("cs-method", "http.request.method"), ("cs-uri", "url.original"),
    ("cs-uri-stem", "url.path"), ("cs-uri-query", "url.query"),
    ("sc-status", "http.response.status_code"), ("sc-bytes", "http.response.bytes"),
    ("cs-bytes", "http.request.bytes"), ("cs-version", "http.version"),
    ("cs(User-Agent)", "user_agent.original"), ("cs(Referer)", "http.request.referrer"),
    ("cs(Host)", "url.domain"), ("sc-substatus", "iis.sub_status"),
    ("sc-win32-status", "iis.win32_status"),
  ]

  /// Whether a line names W3C's columns.
  static func isDirective(_ line: Span<UInt8>) -> Bool { line.has("#Fields:", at: 0) }
}
