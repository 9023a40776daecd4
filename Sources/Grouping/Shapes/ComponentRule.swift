internal import Bytes
internal import Model

/// Dotted names on both sides of a slash are one value: `com.example.mail/.InboxActivity`, `org.acme.a/b.c`.
enum ComponentRule {
  static func apply(_ pieces: inout [Piece], _ text: Span<UInt8>) {
    for index in pieces.indices where isComponent(pieces[index], text) {
      pieces[index].kind = .wildcard(.any)
    }
  }

  private static func isComponent(_ piece: Piece, _ text: Span<UInt8>) -> Bool {
    guard piece.kind == .chunk, piece.range.count >= 7 else { return false }
    var slash = -1
    var dotsBefore = 0
    var dotsBehind = 0
    for at in piece.range {
      switch text[at] {
      case 0x2f:
        if slash >= 0 { return false }
        slash = at
      case 0x2e: if slash < 0 { dotsBefore += 1 } else { dotsBehind += 1 }
      case 0x5f, 0x24, 0x2d: continue
      default: if !PieceWord.isLetter(text[at]), !PieceWord.isDigit(text[at]) { return false }
      }
    }
    return slash > piece.range.lowerBound && slash < piece.range.upperBound - 1 && dotsBefore > 0
      && dotsBehind > 0 && text[piece.range.upperBound - 1] != 0x2e
  }
}
