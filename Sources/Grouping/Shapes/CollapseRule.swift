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
      if let tag = tagEnd(pieces, index, result, text) {
        // `registry.example.com/shop/cart:latest`, `jdbc:postgresql://db/shop`, `1234[5]`
        result[result.count - 1].kind = .wildcard(tag.wildcard)
        index = tag.end
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

  /// Where a value ends that goes on over a tight colon or bracket at `index`, and what it is: a path and
  /// its tag, a scheme and its URL, a number and its index.
  private static func tagEnd(
    _ pieces: [Piece], _ index: Int, _ result: [Piece], _ text: Span<UInt8>
  ) -> (end: Int, wildcard: Wildcard)? {
    guard let last = result.last, !pieces[index].isSpaced, index + 1 < pieces.count,
      !pieces[index + 1].isSpaced
    else { return nil }
    if pieces[index].isDelimiter(0x5b), index + 2 < pieces.count, last.wildcard == .num,
      pieces[index + 1].wildcard == .num, pieces[index + 2].isDelimiter(0x5d),
      !pieces[index + 2].isSpaced
    {
      return (index + 3, .id)
    }
    guard pieces[index].isDelimiter(0x3a) else { return nil }
    if last.kind == .chunk, pieces[index + 1].wildcard == .url {
      return PieceWord.isName(last, text) ? (index + 2, .url) : nil
    }
    guard last.wildcard == .path, PieceWord.holdsLetter(pieces[index + 1], text) else { return nil }
    let isLast = index + 2 == pieces.count
    return isLast || pieces[index + 2].isSpaced ? (index + 2, .path) : nil
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
