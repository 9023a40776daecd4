import Bytes

/// Tells frames of a trace by their form, whatever the language.
enum TraceFrame {
  /// Whether an indented line is a frame: `at f(g.java:1)`, `File "a.py", line 1`, `from a.rb:1:in`,
  /// `a.go:12 +0x1`, `(app 1.0.0) lib/a.ex:3: A.f/1`, `main::f(1) called at a.pl line 3`, `#0 0x1 in f`.
  static func isIn(_ text: Span<UInt8>) -> Bool {
    let at = text.skipBlanks(0)
    guard at > 0, at + 4 < text.count else { return false }
    switch text[at] {
    case 0x61: return text.has("at ", at: at) && hasPlace(text)
    case 0x46: return text.has("File \"", at: at)
    case 0x66: return text.has("from ", at: at) && text.find(0x3a, at, text.count) != nil
    case 0x23: return text.has(" 0x", at: text.digitsEnd(at + 1))
    case 0x28: return ErlangTrace.isFrame(text, at)
    default:
      if PerlTrace.isFrame(text) { return true }
      return text.find(0x2b, at, text.count).map { text.has("+0x", at: $0) } ?? false
    }
  }

  /// Whether an `at …` line ends in a place: `(File.java:12)`, `file.js:1:2`.
  static func hasPlace(_ text: Span<UInt8>) -> Bool {
    let last = text[text.count - 1]
    return last == 0x29 || last.isDigit && text.find(0x3a, 3, text.count) != nil
  }
}
