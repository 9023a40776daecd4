internal import Bytes
internal import Model

/// Words that are values wherever they stand, the first place of a message apart.
///
/// What C, Go and others print for nothing is a value with its brackets: `(null)`, `<nil>`; a call is not (`free(null)`).
enum ConstantRule {
  private static let words: Set<String> = [
    "true", "false", "null", "nil", "root", "admin", "True", "False", "TRUE", "FALSE", "NULL",
    "undefined", "NaN",
  ]
  private static let nothing: Set<String> = ["null", "nil", "NULL", "none", "None"]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var kept = 0
    var index = 0
    while index < pieces.count {
      var piece = pieces[index]
      if isNothing(pieces, index, text) {
        piece.kind = .wildcard(.any)
        index += 2
      } else if index > 0, isAmong(words, piece, text) {
        piece.kind = .wildcard(.any)
      }
      pieces[kept] = piece
      kept += 1
      index += 1
    }
    pieces.removeLast(pieces.count - kept)
  }

  private static func isAmong(_ words: Set<String>, _ piece: Piece, _ text: Span<UInt8>) -> Bool {
    guard let word = PieceWord.text(piece, text, longest: 9) else { return false }
    return words.contains(word)
  }

  /// Whether a bracketed word for nothing begins at `index`, with no word right before it.
  private static func isNothing(_ pieces: [Piece], _ index: Int, _ text: Span<UInt8>) -> Bool {
    guard index + 2 < pieces.count, !pieces[index + 1].isSpaced, !pieces[index + 2].isSpaced,
      pieces[index].isDelimiter(0x28) && pieces[index + 2].isDelimiter(0x29)
        || pieces[index].isDelimiter(0x3c) && pieces[index + 2].isDelimiter(0x3e)
    else { return false }
    if index > 0, !pieces[index].isSpaced, pieces[index - 1].kind == .chunk { return false }
    return isAmong(nothing, pieces[index + 1], text)
  }
}
