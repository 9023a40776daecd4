internal import Bytes
internal import Model

/// A token of a masked text: a chunk, a delimiter, or a wildcard that stands alone.
struct Piece: Equatable {
  enum Kind: Equatable {
    /// A run of bytes without white space and delimiters; it may hold wildcards (`eth<num>`).
    case chunk
    case delimiter(UInt8)
    case wildcard(Wildcard)
  }

  var kind: Kind
  /// Where its bytes stand; of no meaning once a rule has made it a wildcard.
  var range: Range<Int>
  /// White space stands before it.
  var isSpaced: Bool

  var wildcard: Wildcard? {
    if case .wildcard(let wildcard) = kind { return wildcard }
    return nil
  }

  func isDelimiter(_ byte: UInt8) -> Bool { kind == .delimiter(byte) }
}

/// Cuts masked texts, shapes and templates into pieces; all three are cut alike.
enum PieceReader {
  static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3d, 0x2c, 0x3b, 0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d, 0x22, 0x27, 0x3c, 0x3e, 0x7c, 0x3a:
      return true
    default: return false
    }
  }

  /// The length of the wildcard, or of the escaped spelling of one, that begins at `at`; else 0.
  static func wildcardLength(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard text[at] == 0x3c, let wildcard = Wildcard.spelled(in: text, at: at) else { return 0 }
    return wildcard.bytes.count
  }

  /// The length of an escaped quote, `\"` with any number of backslashes, that begins at `at`; else 0.
  static func escapedQuoteLength(_ text: Span<UInt8>, _ at: Int) -> Int {
    var end = at
    while end < text.count, text[end] == 0x5c { end += 1 }
    return end > at && end < text.count && text[end] == 0x22 ? end + 1 - at : 0
  }

  static func read(_ text: Span<UInt8>, into pieces: inout [Piece]) {
    pieces.removeAll(keepingCapacity: true)
    let end = text.count
    var at = 0
    var isSpaced = false
    while at < end {
      if text[at] <= 0x20 {
        isSpaced = !pieces.isEmpty
        at += 1
        continue
      }
      let start = at
      if let wildcard = Wildcard.standing(in: text, at: at) {
        let after = at + wildcard.bytes.count
        if after >= end || text[after] <= 0x20 || isDelimiter(text[after]) {
          pieces.append(
            Piece(kind: .wildcard(wildcard), range: start..<after, isSpaced: isSpaced))
          isSpaced = false
          at = after
          continue
        }
        at = after
      } else if isDelimiter(text[at]) {
        at += 1
        pieces.append(
          Piece(kind: .delimiter(text[start]), range: start..<at, isSpaced: isSpaced))
        isSpaced = false
        continue
      }
      if at == start {
        let quote = escapedQuoteLength(text, at)
        if quote > 0 {
          at += quote
          pieces.append(Piece(kind: .chunk, range: start..<at, isSpaced: isSpaced))
          isSpaced = false
          continue
        }
      }
      while at < end, text[at] > 0x20 {
        if text[at] == 0x5c, escapedQuoteLength(text, at) > 0 { break }
        let inside = wildcardLength(text, at)
        if inside > 0 {
          // A leader of dots ends its word: `size ......4`.
          if at - start > 3, isLeader(text, at), text[at - 1] != 0x5c { break }
          at += inside
        } else if isDelimiter(text[at]) {
          break
        } else {
          at += 1
        }
      }
      pieces.append(Piece(kind: .chunk, range: start..<at, isSpaced: isSpaced))
      isSpaced = false
    }
  }

  private static func isLeader(_ text: Span<UInt8>, _ at: Int) -> Bool {
    text[at - 1] == text[at - 2] && text[at - 2] == text[at - 3]
      && (text[at - 1] == 0x2e || text[at - 1] == 0x2d || text[at - 1] == 0x5f)
  }

  /// Appends the pieces' text to `out`.
  static func write(_ pieces: [Piece], of text: Span<UInt8>, to out: inout [UInt8]) {
    for (index, piece) in pieces.enumerated() {
      if piece.isSpaced, index > 0 { out.append(0x20) }
      switch piece.kind {
      case .wildcard(let wildcard): out.append(contentsOf: wildcard.bytes)
      case .delimiter(let byte): out.append(byte)
      case .chunk: for at in piece.range { out.append(text[at]) }
      }
    }
  }
}
