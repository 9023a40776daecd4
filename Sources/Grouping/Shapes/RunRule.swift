internal import Bytes

/// Runs of more than three equal marks are cut to three: rulers and dot leaders of any length are one.
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
        if piece.kind == .chunk { piece.range = cut(piece.range, text) }
      }
      pieces[kept] = piece
      kept += 1
    }
    pieces.removeLast(pieces.count - kept)
  }

  /// The chunk without what exceeds three of the equal marks that end it.
  private static func cut(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    var end = range.upperBound
    guard range.count > 3 else { return range }
    let last = text[end - 1]
    if PieceWord.isLetter(last) || PieceWord.isDigit(last) || last == 0x3e { return range }
    while end - 4 >= range.lowerBound, text[end - 4] == last, text[end - 3] == last,
      text[end - 2] == last
    {
      end -= 1
    }
    return range.lowerBound..<end
  }
}
