internal import Bytes
internal import Model

/// A list within brackets, or a map within braces, is one value of whatever length: `[a, b-<num>]`, `{x=<num>, y=up}`.
///
/// - A list has two elements at least, with a comma and perhaps a blank between, none of them of several words;
///   with one element it is known only by its likes.
/// - A map's elements are all `key=value`, and no word stands right before the brace: the fields of
///   `Node{id=<num>, up=<*>}` are part of the message, as they are in `Node[id=<num>]`.
enum BracketRule {
  private static let longest = 256

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var result: [Piece] = []
    result.reserveCapacity(pieces.count)
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      result.append(piece)
      index += 1
      guard let closing = closing(piece), let end = end(pieces, index, closing) else { continue }
      let inside = pieces[index..<end]
      let isBrace = piece.isDelimiter(0x7b)
      let isOne = !inside.contains { $0.isDelimiter(0x2c) }
      if isMap(inside, text) {
        let isAttached =
          !piece.isSpaced && result.count > 1 && result[result.count - 2].kind == .chunk
        if isAttached || isOne && !isBrace { continue }
      } else if isOne || isBrace {
        continue
      }
      result.append(Piece(kind: .wildcard(.any), range: 0..<0, isSpaced: false))
      index = end
    }
    pieces = result
  }

  private static func closing(_ piece: Piece) -> UInt8? {
    switch piece.kind {
    case .delimiter(0x5b): 0x5d
    case .delimiter(0x7b): 0x7d
    default: nil
    }
  }

  /// Where the bracket closes, if blanks stand behind commas alone and no other bracket is inside.
  private static func end(_ pieces: [Piece], _ start: Int, _ closing: UInt8) -> Int? {
    var index = start
    while index < min(pieces.count, start + longest) {
      let piece = pieces[index]
      let isBehindComma = index > start && pieces[index - 1].isDelimiter(0x2c)
      if piece.isSpaced, !isBehindComma { return nil }
      if piece.isDelimiter(closing) { return isBehindComma || index == start ? nil : index }
      switch piece.kind {
      case .delimiter(0x28), .delimiter(0x29), .delimiter(0x5b), .delimiter(0x5d),
        .delimiter(0x7b), .delimiter(0x7d), .delimiter(0x3c), .delimiter(0x3e):
        return nil
      case .delimiter(0x2c) where isBehindComma || index == start: return nil
      default: index += 1
      }
    }
    return nil
  }

  private static func isMap(_ pieces: ArraySlice<Piece>, _ text: Span<UInt8>) -> Bool {
    let elements = pieces.split { $0.isDelimiter(0x2c) }
    return elements.allSatisfy { element in
      guard element.count >= 2, let key = element.first else { return false }
      return PieceWord.holdsLetter(key, text) && element[element.startIndex + 1].isDelimiter(0x3d)
    }
  }
}
