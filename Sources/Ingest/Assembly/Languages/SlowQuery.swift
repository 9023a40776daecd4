import Bytes

/// The slow query log of MySQL and MariaDB: commented lines about a statement, then the statement.
enum SlowQuery {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    text.has("# Time: ", at: 0) || text.has("# User@Host: ", at: 0) ? .opener(.slowQuery) : nil
  }

  /// Comments, `use` and `SET`; behind these all lines up to the statement's end.
  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine, _ open: OpenEntry) -> Bool {
    if shape.role == .opener, shape.language == .slowQuery {
      return open.lines == 1 && line.has("# User@Host: ", at: 0)
    }
    return open.stage == 1 || line.has("# ", at: 0) || line.has("use ", at: 0)
      || line.has("SET ", at: 0)
  }

  /// The statement follows the line that sets its time.
  static func endsHead(_ line: Span<UInt8>) -> Bool { line.has("SET timestamp=", at: 0) }

  /// The statement ends in a semicolon; `use db;` and `SET timestamp=…;` come before it.
  static func isEnd(_ line: Span<UInt8>) -> Bool {
    line.count > 0 && line[line.count - 1] == 0x3b && !line.has("use ", at: 0)
      && !line.has("SET timestamp=", at: 0)
  }
}
