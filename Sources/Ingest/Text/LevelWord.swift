import Bytes
import Model

/// Recognises level words as tokens of a header: `INFO`, `Warn`, `[error]`, `LOG:`.
enum LevelWord {
  /// How a word stands in the header.
  enum Place {
    /// In brackets or before a colon or bar: any case will do.
    case marked
    /// Between blanks: `ERROR`, or a short form that is no word of a sentence (`Info`, `Warn`).
    case bare
  }

  /// The level that the word `from ..< to` names, or nil.
  @inline(__always)
  static func read(
    _ text: Span<UInt8>, _ from: Int, _ to: Int, _ place: Place = .bare
  ) -> Severity? {
    let length = to - from
    guard length >= 3, length <= 13, to <= text.count, text[from].isLetter else { return nil }
    if place == .bare {
      guard text[from].isUpper, isBareLevel(text, from, to) else { return nil }
    }
    return SeverityName.read(text.extracting(from..<to))
  }

  private static func isBareLevel(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var isUpper = true
    for index in from..<to where text[index].isLower { isUpper = false }
    if isUpper {
      return !text.matches(lowercase: "log", from, to) && !text.matches(lowercase: "note", from, to)
        && !text.matches(lowercase: "success", from, to)
        && !text.matches(lowercase: "failure", from, to)
    }
    return text.matches(lowercase: "info", from, to) || text.matches(lowercase: "warn", from, to)
      || text.matches(lowercase: "debug", from, to) || text.matches(lowercase: "trace", from, to)
      || text.matches(lowercase: "verbose", from, to)
  }
}
