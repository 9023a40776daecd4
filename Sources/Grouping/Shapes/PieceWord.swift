internal import Bytes

/// Look-ups of a piece's bytes as a word.
enum PieceWord {
  /// The chunk as text, for look-ups in word lists; nil for other pieces and for long ones.
  static func text(_ piece: Piece, _ bytes: Span<UInt8>, longest: Int = 24) -> String? {
    guard piece.kind == .chunk, piece.range.count <= longest else { return nil }
    return String(bytes.extracting(piece.range))
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7a || byte >= 0x80
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func holdsLetter(_ piece: Piece, _ bytes: Span<UInt8>) -> Bool {
    guard piece.kind == .chunk else { return false }
    for at in piece.range where isLetter(bytes[at]) || isDigit(bytes[at]) { return true }
    return false
  }

  /// Whether the chunk is letters and digits alone.
  static func isName(_ piece: Piece, _ bytes: Span<UInt8>) -> Bool {
    guard piece.kind == .chunk else { return false }
    for at in piece.range where !isLetter(bytes[at]) && !isDigit(bytes[at]) { return false }
    return true
  }
}
