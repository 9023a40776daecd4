/// A value of a Sigma rule with its wildcards: bytes, `*` for any text and `?` for one character.
///
/// `\*`, `\?` and `\\` stand for the characters themselves; a backslash before anything else is one
/// (Sigma specification 2.1, "Escaping").
struct SigmaText: Equatable, Sendable {
  /// Tokens above a byte's range.
  static let anyText: UInt16 = 256
  static let oneCharacter: UInt16 = 257

  var tokens: [UInt16]

  init(_ written: String) {
    tokens = []
    var isEscaped = false
    for byte in written.utf8 {
      let isSpecial = byte == 0x2a || byte == 0x3f || byte == 0x5c
      if isEscaped {
        if !isSpecial { tokens.append(0x5c) }
        tokens.append(UInt16(byte))
        isEscaped = false
      } else if byte == 0x5c {
        isEscaped = true
      } else if byte == 0x2a {
        if tokens.last != Self.anyText { tokens.append(Self.anyText) }
      } else {
        tokens.append(byte == 0x3f ? Self.oneCharacter : UInt16(byte))
      }
    }
    if isEscaped { tokens.append(0x5c) }
  }

  init(bytes: [UInt8]) { tokens = bytes.map { UInt16($0) } }

  init(tokens: [UInt16]) { self.tokens = tokens }

  var hasWildcards: Bool { tokens.contains { $0 > 255 } }

  /// The bytes, where there are no wildcards.
  var bytes: [UInt8]? { hasWildcards ? nil : tokens.map { UInt8($0) } }

  /// With any text before it, behind it, or both.
  func opened(before: Bool, behind: Bool) -> SigmaText {
    var wide = tokens
    if before, wide.first != Self.anyText { wide.insert(Self.anyText, at: 0) }
    if behind, wide.last != Self.anyText { wide.append(Self.anyText) }
    return SigmaText(tokens: wide)
  }

  /// The longest run of bytes between wildcards; empty where there is none.
  var longestRun: [UInt8] {
    var best: [UInt8] = []
    for run in tokens.split(whereSeparator: { $0 > 255 }) where run.count > best.count {
      best = run.map { UInt8($0) }
    }
    return best
  }
}
