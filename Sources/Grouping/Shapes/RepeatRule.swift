internal import Bytes

/// A block of up to 32 pieces that holds a wildcard and stands several times in a row is kept once.
///
/// A comma, semicolon or bar may stand between: lists of any length give one shape.
enum RepeatRule {
  static let longest = 32

  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    guard pieces.count <= 1024 else { return }
    var length = 1
    while length <= longest, length * 2 <= pieces.count {
      var start = 0
      while start + 2 * length <= pieces.count {
        // Most blocks differ from the next one in their first piece.
        let isDoubled = equal(pieces, start, start + length, length, text)
        let isListed =
          !isDoubled && isSeparator(pieces[start + length])
          && start + 2 * length + 1 <= pieces.count
          && equal(pieces, start, start + length + 1, length, text)
        guard isDoubled || isListed, holdsWildcard(pieces, start, length, text) else {
          start += 1
          continue
        }
        let end = start + 2 * length + (isListed ? 1 : 0)
        pieces.removeSubrange((start + length)..<end)
      }
      length += 1
    }
  }

  private static func isSeparator(_ piece: Piece) -> Bool {
    piece.isDelimiter(0x2c) || piece.isDelimiter(0x3b) || piece.isDelimiter(0x7c)
  }

  private static func holdsWildcard(
    _ pieces: [Piece], _ start: Int, _ length: Int, _ text: Span<UInt8>
  ) -> Bool {
    for index in start..<(start + length) {
      switch pieces[index].kind {
      case .wildcard: return true
      case .delimiter: continue
      case .chunk:
        for at in pieces[index].range where text[at] == 0x3c { return true }
      }
    }
    return false
  }

  private static func equal(
    _ pieces: [Piece], _ left: Int, _ right: Int, _ length: Int, _ text: Span<UInt8>
  ) -> Bool {
    for offset in 0..<length {
      let a = pieces[left + offset]
      let b = pieces[right + offset]
      if offset > 0, a.isSpaced != b.isSpaced { return false }
      guard a.kind == b.kind else { return false }
      if a.kind == .chunk, a.range != b.range,
        !text.extracting(a.range).equals(text.extracting(b.range))
      {
        return false
      }
    }
    return true
  }
}
