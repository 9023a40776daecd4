internal import Bytes
internal import Model

/// Wildcards with nothing but separators between them are one, and so is a dotted tail behind one.
///
/// Separators: up to four of space and `: , ; / . - _ # @ & | x *`. What was joined is `<*>`, save times
/// joined with times.
enum CollapseRule {
  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var result: [Piece] = []
    result.reserveCapacity(pieces.count)
    var index = 0
    while index < pieces.count {
      var piece = pieces[index]
      if holdsTail(piece, text) { piece.kind = .wildcard(.any) }
      if let last = result.last, last.wildcard != nil, !piece.isSpaced, piece.kind == .chunk,
        text[piece.range.lowerBound] == 0x2e, PieceWord.holdsLetter(piece, text)
      {
        result[result.count - 1].kind = .wildcard(.any)
        index += 1
        continue
      }
      guard let right = piece.wildcard, let left = leftEnd(result, piece, text) else {
        result.append(piece)
        index += 1
        continue
      }
      result.removeLast(result.count - 1 - left)
      let joined: Wildcard = result[left].wildcard == .time && right == .time ? .time : .any
      result[left].kind = .wildcard(joined)
      index += 1
    }
    pieces = result
  }

  /// Whether the chunk is a wildcard with a dotted tail: `<time>.log`.
  private static func holdsTail(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    guard piece.kind == .chunk,
      let wildcard = Wildcard.standing(in: text, at: piece.range.lowerBound)
    else { return false }
    let tail = piece.range.lowerBound + wildcard.bytes.count
    return tail + 1 < piece.range.upperBound && text[tail] == 0x2e
      && PieceWord.isLetter(text[tail + 1])
  }

  /// The wildcard among the last pieces that only separators part from `piece`.
  private static func leftEnd(_ pieces: [Piece], _ piece: Piece, _ text: Span<UInt8>) -> Int? {
    var width = piece.isSpaced ? 1 : 0
    var index = pieces.count - 1
    while index >= 0, width <= 4 {
      if pieces[index].wildcard != nil { return index }
      guard let added = separatorWidth(pieces[index], text) else { return nil }
      width += added + (pieces[index].isSpaced ? 1 : 0)
      index -= 1
    }
    return nil
  }

  private static func separatorWidth(_ piece: Piece, _ text: Span<UInt8>) -> Int? {
    switch piece.kind {
    case .delimiter(let byte):
      return byte == 0x3a || byte == 0x2c || byte == 0x3b || byte == 0x7c ? 1 : nil
    case .wildcard: return nil
    case .chunk:
      guard piece.range.count <= 4 else { return nil }
      for at in piece.range {
        switch text[at] {
        case 0x2f, 0x2e, 0x2d, 0x5f, 0x23, 0x40, 0x26, 0x2a: continue
        case 0x78 where piece.range.count == 1: continue
        default: return nil
        }
      }
      return piece.range.count
    }
  }
}
