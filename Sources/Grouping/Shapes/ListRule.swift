internal import Bytes
internal import Model

/// Words with nothing but commas between them are a list, which is one value: `alice,bob,carol`.
///
/// Two are a list only where neither is a word of state, a verb or in capitals (`WordLists.isClosed`), nor over 40 bytes: `stopped,waiting` is
/// written where a blank was forgotten.
enum ListRule {
  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var result: [Piece] = []
    result.reserveCapacity(pieces.count)
    var index = 0
    while index < pieces.count {
      let end = end(pieces, index, text)
      if isList(pieces[index..<end], text) {
        result.append(
          Piece(kind: .wildcard(.any), range: 0..<0, isSpaced: pieces[index].isSpaced))
        index = end
      } else {
        result.append(contentsOf: pieces[index..<end])
        index = end
      }
    }
    pieces = result
  }

  private static func isList(_ pieces: ArraySlice<Piece>, _ text: Span<UInt8>) -> Bool {
    if pieces.count != 3 { return pieces.count > 3 }
    return pieces.allSatisfy { piece in
      guard piece.kind == .chunk else { return true }
      guard let word = PieceWord.text(piece, text, longest: 40) else { return false }
      return !WordLists.isClosed(word)
    }
  }

  /// Where the list ends that begins at `start`, or the piece behind it.
  private static func end(_ pieces: [Piece], _ start: Int, _ text: Span<UInt8>) -> Int {
    guard isElement(pieces[start], text) else { return start + 1 }
    var end = start + 1
    while end + 1 < pieces.count, pieces[end].isDelimiter(0x2c), !pieces[end].isSpaced,
      !pieces[end + 1].isSpaced, isElement(pieces[end + 1], text)
    {
      end += 2
    }
    return end
  }

  private static func isElement(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    switch piece.kind {
    case .wildcard: return true
    case .delimiter: return false
    case .chunk: return PieceWord.holdsLetter(piece, text)
    }
  }
}
