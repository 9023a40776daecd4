internal import Bytes
internal import Model

/// Words that are values wherever they stand, the first place of a message apart.
enum ConstantRule {
  private static let words: Set<String> = [
    "true", "false", "null", "nil", "root", "admin", "True", "False", "TRUE", "FALSE", "NULL",
    "undefined", "NaN",
  ]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    for index in pieces.indices.dropFirst() {
      guard let word = PieceWord.text(pieces[index], text, longest: 9), words.contains(word)
      else { continue }
      pieces[index].kind = .wildcard(.any)
    }
  }
}
