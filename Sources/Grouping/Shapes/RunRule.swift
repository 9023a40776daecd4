internal import Bytes

/// Runs of more than three equal marks are cut to three: rulers of any length are one.
enum RunRule {
  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var kept = 0
    var run = 0
    for index in pieces.indices {
      var piece = pieces[index]
      if case .delimiter(let byte) = piece.kind {
        if !piece.isSpaced, kept > 0, pieces[kept - 1].isDelimiter(byte) {
          run += 1
          if run > 3 { continue }
        } else {
          run = 1
        }
      } else {
        run = 0
        if piece.kind == .chunk, piece.range.count > 3, isRuler(piece.range, text) {
          piece.range = piece.range.lowerBound..<(piece.range.lowerBound + 3)
        }
      }
      pieces[kept] = piece
      kept += 1
    }
    pieces.removeLast(pieces.count - kept)
  }

  private static func isRuler(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let first = text[range.lowerBound]
    if PieceWord.isLetter(first) || PieceWord.isDigit(first) { return false }
    for at in range where text[at] != first { return false }
    return true
  }
}
