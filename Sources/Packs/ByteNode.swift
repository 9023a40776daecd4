/// A regular expression as the texts that it matches, or more than those: what can't be told matches more.
///
/// Only what holds another node is boxed: most nodes are single bytes.
enum ByteNode: Sendable {
  case bytes(ByteSet)
  case sequence([ByteNode])
  case choice([ByteNode])
  /// `most` nil: without bound.
  indirect case repeated(ByteNode, least: Int, most: Int?)
  /// `^` and `\A`: the text's start.
  case start
  /// `$`: the text's end, perhaps before a last line feed.
  case end
  /// `$` in `(?m)`: a line's end.
  case lineEnd
  /// Takes no byte, whatever it asks.
  case nothing
  /// Any bytes, or none.
  case anything
  /// `(?=…)`: what follows begins with it.
  indirect case ahead(ByteNode)
}
