internal import Bytes

/// The different words and wildcards of a masked text, each once: what the text model sees of it.
///
/// A word is told by 32 bits of its key. Two words of a language's few thousand share them about once in a
/// thousand vocabularies, and then share their weights.
/// - Limits: those of `TextTokens`, of which there are 128.
struct DistinctWords {
  private var tokens = TextTokens()
  private(set) var keys: [UInt32] = []
  /// Where each stands first in the text.
  private(set) var ranges: [Range<Int>] = []

  mutating func read(_ text: Span<UInt8>) {
    tokens.read(text)
    take(tokens.tokens)
  }

  mutating func take(_ tokens: [TextTokens.Token]) {
    keys.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    for token in tokens where token.kind != .mark {
      let key = Self.key(token.key)
      if keys.contains(key) { continue }
      keys.append(key)
      ranges.append(token.range)
    }
  }

  static func key(_ word: WordKey) -> UInt32 {
    UInt32(truncatingIfNeeded: word.number ^ word.number >> 32)
  }
}
