import Bytes

/// The prefix that Docker Compose writes before a container's line: `web_1  | text`.
enum ComposePrefix {
  /// The container's name and where its text starts; nil where no such prefix stands.
  ///
  /// A bar alone is no evidence: the name must end in a number (`-1`, `_1`) or two blanks must stand
  /// before the bar.
  static func read(_ text: Span<UInt8>) -> (name: Range<Int>, message: Int)? {
    var end = 0
    let limit = min(text.count, 64)
    while end < limit, text[end].isNameByte { end += 1 }
    guard end > 1, text[0].isLetter, text.holds(0x20, at: end) else { return nil }
    let bar = text.skipBlanks(end)
    guard bar < 80, text.holds(0x7c, at: bar), bar + 1 >= text.count || text[bar + 1] == 0x20
    else { return nil }
    var number = end
    while number > 0, text[number - 1].isDigit { number -= 1 }
    let isNumbered = number < end && number > 1 && !text[number - 1].isAlphanumeric
    guard isNumbered || bar >= end + 2, LevelWord.read(text, 0, end, .marked) == nil else {
      return nil
    }
    return (0..<end, min(bar + 2, text.count))
  }
}
