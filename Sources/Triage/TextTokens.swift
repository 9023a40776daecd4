internal import Bytes

/// A masked text cut into words, wildcards and marks, as the text rules read it.
///
/// - Limits: the first 128 tokens of the first 1,024 bytes: what a text is about stands at its start.
struct TextTokens {
  enum Kind { case word, wildcard, mark }

  struct Token {
    var kind: Kind
    var range: Range<Int>
    var key: WordKey
    /// White space (or the text's start) stands before it.
    var isSpaced: Bool
    /// A word in capitals throughout, of two letters or more.
    var isUpper: Bool
    /// The mark's byte, or 0.
    var mark: UInt8
  }

  static let byteLimit = 1024
  static let tokenLimit = 128

  private(set) var tokens: [Token] = []

  mutating func read(_ text: Span<UInt8>) {
    tokens.removeAll(keepingCapacity: true)
    let end = min(text.count, Self.byteLimit)
    var at = 0
    var isSpaced = true
    while at < end, tokens.count < Self.tokenLimit {
      let byte = text[at]
      if byte <= 0x20 {
        isSpaced = true
        at += 1
        continue
      }
      let start = at
      var kind = Kind.mark
      var isUpper = false
      at += 1
      if byte == 0x3c, let close = Self.wildcardEnd(text, at, end) {
        kind = .wildcard
        at = close
      } else if Self.isWord(byte) {
        kind = .word
        while at < end, Self.isWord(text[at]) || Self.isApostrophe(text, at, end) { at += 1 }
        isUpper = at - start >= 2
        for index in start..<at where text[index] &- 0x41 >= 26 { isUpper = false }
      }
      tokens.append(
        Token(
          kind: kind, range: start..<at,
          key: kind == .mark ? WordKey("") : WordKey(text, start..<at), isSpaced: isSpaced,
          isUpper: isUpper, mark: kind == .mark ? byte : 0))
      isSpaced = false
    }
  }

  /// Where a wildcard such as `<num>` ends whose `<` stands before `from`; nil for anything else.
  private static func wildcardEnd(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Int? {
    var at = from
    while at < end, at - from < 12 {
      let byte = text[at]
      if byte == 0x3e { return at > from ? at + 1 : nil }
      guard byte &- 0x61 < 26 || byte == 0x2a else { return nil }
      at += 1
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5f
      || byte >= 0x80
  }

  private static func isApostrophe(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
    text[at] == 0x27 && at + 1 < end && (text[at + 1] == 0x74 || text[at + 1] == 0x54)
  }
}
