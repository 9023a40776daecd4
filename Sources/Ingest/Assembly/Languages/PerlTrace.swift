import Bytes

/// Perl: `what at a.pl line 3.` with Carp's callers indented below it.
enum PerlTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    text.has("Compilation failed in require at ", at: 0) ? .weakPart : nil
  }

  /// Whether the line ends in ` at PATH line N.`.
  static func endsInPlace(_ text: Span<UInt8>) -> Bool {
    var at = text.count - 1
    while at > 0, text[at - 1].isDigit { at -= 1 }
    guard at < text.count - 1, text.has(" line ", at: at - 6) else { return false }
    var place = at - 6
    while place > 0, !text[place - 1].isBlank { place -= 1 }
    return text.has(" at ", at: place - 4)
  }

  /// `\tmain::f("x") called at a.pl line 9`
  static func isFrame(_ text: Span<UInt8>) -> Bool {
    var at = text.count
    while at > 0, text[at - 1].isDigit { at -= 1 }
    guard at < text.count, text.has(" line ", at: at - 6) else { return false }
    var place = at - 6
    while place > 0, !text[place - 1].isBlank { place -= 1 }
    return text.has(" called at ", at: place - 11)
  }
}
