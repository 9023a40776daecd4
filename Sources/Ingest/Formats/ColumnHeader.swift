import Bytes
import Model

/// A header whose parts stand between bars: `stamp | INFO | thread | logger | message`.
struct ColumnHeader {
  var severity: Severity?
  var process: Int32 = -1
  var logger = 0..<0
  var thread = 0..<0
  /// Offset of the message: the first column that holds a blank or that is the last.
  var message = 0

  private static let columnLimit = 6

  /// Reads the columns behind the bar at `at`.
  static func read(_ text: Span<UInt8>, _ at: Int) -> ColumnHeader? {
    var header = ColumnHeader()
    var from = text.skipBlanks(at + 1)
    for _ in 0..<columnLimit {
      guard let bar = text.find(0x7c, from, from + 80) else { break }
      let end = text.trimmedEnd(from, bar)
      guard text.find(0x20, from, end) == nil, header.isHeader(text, from, end) else { break }
      header.note(text, from, end)
      from = text.skipBlanks(bar + 1)
      if header.process >= 0, !header.logger.isEmpty { break }
    }
    guard from <= text.count else { return nil }
    header.message = from
    return header
  }

  /// Whether the column is part of a header: a number is one only behind a level or name.
  private func isHeader(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to > from, text[from].isDigit else { return true }
    return severity != nil || !logger.isEmpty
  }

  private mutating func note(_ text: Span<UInt8>, _ from: Int, _ to: Int) {
    guard to > from else { return }
    if severity == nil, let level = LevelWord.read(text, from, to, .marked) {
      severity = level
    } else if text.number(from, to) != nil {
      if process < 0 { process = text.processID(from, to) }
    } else if HeaderToken.isDottedName(text, from, to) || logger.isEmpty && severity == nil {
      logger = from..<to
    } else {
      thread = from..<to
    }
  }
}
