import Bytes

/// Ruby 1.9 to 3.4: `a.rb:1:in 'f': what (ArgumentError)` with `from` lines behind it, the reversed
/// order of 2.5 to 2.7 (which begins like Python's), Rails' reports, crash reports of the interpreter.
enum RubyTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2d: return text.has("-- ", at: 0) && hasMark(text) ? .weakPart : nil
    case 0x44: return text.has("Did you mean?", at: 0) ? .weakPart : nil
    default: return nil
    }
  }

  /// `-- Ruby level backtrace information ----…`
  private static func hasMark(_ text: Span<UInt8>) -> Bool {
    text.has("----", at: text.count - 4)
  }

  /// A line whose first word, which ends at `end`, is a place: with a message behind it it opens a trace,
  /// without it is a frame.
  static func frame(_ text: Span<UInt8>, _ end: Int) -> TraceLine? {
    guard end > 5, text[end - 4].isDigit, end + 2 < text.count,
      text[end + 1] == 0x60 || text[end + 1] == 0x27
    else { return nil }
    var close = end + 2
    while close < text.count, text[close] != 0x27 { close += 1 }
    return text.has(": ", at: close + 1) ? .opener(.ruby) : .weakPart
  }

  /// Lines of the interpreter's own crash report.
  static func goesOn(_ line: Span<UInt8>) -> Bool {
    line.has("c:0", at: 0) || line.has("ruby ", at: 0) || line.has("[NOTE]", at: 0)
      || line.has("* Loaded ", at: 0)
  }
}
