import Bytes

/// What PostgreSQL writes about an error in lines of their own: `DETAIL:  …`, `HINT:  …`, `STATEMENT:  …`.
enum PostgresDetail {
  /// Whether the text begins with one, or has one behind a word or two of `log_line_prefix`.
  static func isIn(_ text: Span<UInt8>) -> Bool {
    var at = 0
    for _ in 0..<3 {
      if begins(text, at) { return true }
      at = text.skipBlanks(text.wordEnd(at))
      guard at < min(text.count, 96) else { return false }
    }
    return false
  }

  private static func begins(_ text: Span<UInt8>, _ at: Int) -> Bool {
    text.has("DETAIL:  ", at: at) || text.has("HINT:  ", at: at)
      || text.has("STATEMENT:  ", at: at) || text.has("CONTEXT:  ", at: at)
      || text.has("QUERY:  ", at: at) || text.has("LOCATION:  ", at: at)
  }
}
