internal import Bytes
internal import Model

/// Values behind a tight `=` are wildcards, empty ones too; the key stays.
///
/// - `key=word`, `key="any words"`, `key=[...]`, `key=<...>` become `key=<*>`; a value that is masked
///   already keeps its kind.
/// - `msg="two words"` stays, and so do other keys that hold prose.
/// - `key= next=`, `key=` at the end or before a closing delimiter, and free-standing `()`, `[]`, `""`
///   hold a value that happens to be empty.
enum KeyValueRule {
  private static let prose: Set<String> = [
    "msg", "message", "error", "err", "reason", "event", "Message", "Error", "Reason", "text",
    "description", "detail", "details", "MESSAGE",
  ]

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    var result: [Piece] = []
    result.reserveCapacity(pieces.count + 4)
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      result.append(piece)
      index += 1
      if piece.isDelimiter(0x3d), !piece.isSpaced, result.count >= 2,
        isKey(result[result.count - 2], text)
      {
        index = value(of: result[result.count - 2], pieces, index, text, into: &result)
      } else if let closing = closing(piece.kind), index < pieces.count,
        pieces[index].kind == .delimiter(closing), !pieces[index].isSpaced,
        piece.isSpaced || result.count == 1,
        index + 1 == pieces.count || pieces[index + 1].isSpaced
          || isMark(pieces[index + 1], text)
      {
        result.append(Piece(kind: .wildcard(.any), range: 0..<0, isSpaced: false))
      }
    }
    pieces = result
  }

  /// Whether a clause or a bracket ends with the piece: `[], then`, `(none [])`, `is [].`
  private static func isMark(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    switch piece.kind {
    case .wildcard: return false
    case .delimiter(let byte):
      return byte == 0x2c || byte == 0x3b || byte == 0x29 || byte == 0x5d || byte == 0x7d
    case .chunk: return piece.range.count == 1 && text[piece.range.lowerBound] == 0x2e
    }
  }

  private static func isKey(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    guard piece.kind == .chunk else { return false }
    return PieceWord.holdsLetter(piece, text)
  }

  private static func closing(_ kind: Piece.Kind) -> UInt8? {
    switch kind {
    case .delimiter(0x28): 0x29
    case .delimiter(0x5b): 0x5d
    case .delimiter(0x22): 0x22
    case .delimiter(0x7b): 0x7d
    default: nil
    }
  }

  /// Appends the value that begins at `start` and tells where the text goes on.
  private static func value(
    of key: Piece, _ pieces: [Piece], _ start: Int, _ text: Span<UInt8>,
    into result: inout [Piece]
  ) -> Int {
    let empty = Piece(kind: .wildcard(.any), range: 0..<0, isSpaced: false)
    guard start < pieces.count else {
      result.append(empty)
      return start
    }
    let first = pieces[start]
    if first.isSpaced {
      // `key= word`, where the word is no key itself, is prose with a sign of equality.
      let isNextKey =
        start + 1 < pieces.count && pieces[start + 1].isDelimiter(0x3d)
        && !pieces[start + 1].isSpaced
      if isNextKey { result.append(empty) }
      return start
    }
    switch first.kind {
    case .wildcard:
      result.append(first)
      return start + 1
    case .chunk:
      if isEscapedQuote(first, text), let end = escapedEnd(pieces, start, text) {
        // An escaped quote, as in a value that is itself a quoted list of keys and values.
        result.append(empty)
        return end + 1
      }
      result.append(Piece(kind: .wildcard(.any), range: first.range, isSpaced: false))
      return start + 1
    case .delimiter(let byte):
      switch byte {
      case 0x2c, 0x3b, 0x29, 0x5d, 0x7d, 0x7c:
        result.append(empty)
        return start
      case 0x22, 0x27, 0x5b, 0x3c:
        let closing: UInt8 = byte == 0x5b ? 0x5d : byte == 0x3c ? 0x3e : byte
        guard let end = end(pieces, start + 1, byte, closing, text) else { return start }
        if isProse(key, text), end - start > 2 {
          result.append(contentsOf: pieces[start...end])
          return end + 1
        }
        result.append(empty)
        return end + 1
      default: return start
      }
    }
  }

  private static func isEscapedQuote(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    PieceReader.escapedQuoteLength(text, piece.range.lowerBound) == piece.range.count
  }

  private static func isProse(_ key: Piece, _ text: Span<UInt8>) -> Bool {
    guard let word = PieceWord.text(key, text, longest: 12) else { return false }
    return prose.contains(word)
  }

  /// Where the bracket or quote closes that was opened before `start`.
  private static func end(
    _ pieces: [Piece], _ start: Int, _ opening: UInt8, _ closing: UInt8, _ text: Span<UInt8>
  ) -> Int? {
    var depth = 0
    for index in start..<max(start, min(pieces.count, start + 64)) {
      if pieces[index].isDelimiter(closing) {
        if depth == 0 { return index }
        depth -= 1
      } else if pieces[index].isDelimiter(opening) {
        depth += 1
      }
    }
    return nil
  }

  /// Where the escaped quote closes that opens at `start`: at the next one with as many backslashes.
  private static func escapedEnd(_ pieces: [Piece], _ start: Int, _ text: Span<UInt8>) -> Int? {
    let first = start + 1
    for index in first..<max(first, min(pieces.count, start + 64))
    where pieces[index].kind == .chunk {
      if text.extracting(pieces[index].range).equals(text.extracting(pieces[start].range)) {
        return index
      }
      if pieces[index].isDelimiter(0x22) { return nil }
    }
    return nil
  }
}
