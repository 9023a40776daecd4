internal import Bytes
internal import Model

/// What generalisation needs to know of a token's text.
struct TokenTraits: OptionSet {
  let rawValue: UInt16

  /// Exactly a wildcard.
  static let wildcard = TokenTraits(rawValue: 1)
  /// A word with a wildcard inside: `eth<num>`.
  static let embeds = TokenTraits(rawValue: 2)
  /// Holds a letter or digit outside wildcards.
  static let word = TokenTraits(rawValue: 4)
  static let closed = TokenTraits(rawValue: 8)
  /// Labels with dots between: a package, a file name.
  static let dotted = TokenTraits(rawValue: 16)
  /// May name something: dotted, CamelCase, snake_case, a/b/c, with a wildcard, or one.
  static let identifier = TokenTraits(rawValue: 32)
  /// Is a wildcard, or has one before its end: `jk<num>_init`.
  static let digits = TokenTraits(rawValue: 64)
  static let cue = TokenTraits(rawValue: 128)
  static let unit = TokenTraits(rawValue: 256)
  static let quote = TokenTraits(rawValue: 512)
  static let opening = TokenTraits(rawValue: 1024)
  static let equals = TokenTraits(rawValue: 2048)
  static let colon = TokenTraits(rawValue: 4096)
  /// A wildcard at the end with a dash or an underscore before it: `ORA-<num>`; `eth<num>` may be a name
  /// that tells messages apart.
  static let numbered = TokenTraits(rawValue: 8192)
  /// A key whose value is the message itself: `msg`.
  static let prose = TokenTraits(rawValue: 16384)
  /// Stood in a column that was found variable: a name that is a value in one message is one in others.
  static let known = TokenTraits(rawValue: 32768)

  var isVariable: Bool { !isDisjoint(with: [.wildcard, .word]) }
  var isOpenWord: Bool { contains(.word) && !contains(.closed) }

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ text: Span<UInt8>) {
    var traits: TokenTraits = []
    if let wildcard = Wildcard.spelled(in: text, at: 0), wildcard.bytes.count == text.count {
      self = [.wildcard, .identifier, .digits, .numbered]
      return
    }
    if text.count == 1 {
      switch text[0] {
      case 0x22, 0x27: traits.insert(.quote)
      case 0x28, 0x5b, 0x7b, 0x3c: traits.insert(.opening)
      case 0x3d: traits.insert(.equals)
      case 0x3a: traits.insert(.colon)
      default: break
      }
    }
    if text.count > 1, PieceReader.escapedQuoteLength(text, 0) == text.count {
      self = [.quote]
      return
    }
    var letters: [UInt8] = []
    var previous: UInt8 = 0
    var at = 0
    while at < text.count {
      let byte = text[at]
      if let wildcard = Wildcard.standing(in: text, at: at) {
        traits.formUnion([.embeds, .identifier])
        at += wildcard.bytes.count
        if at < text.count {
          traits.insert(.digits)
        } else if previous == 0x2d || previous == 0x5f || previous == 0x23 {
          traits.insert(.numbered)
        }
        previous = 0x30
        continue
      }
      if PieceWord.isLetter(byte) || PieceWord.isDigit(byte) { traits.insert(.word) }
      let next = at + 1 < text.count ? text[at + 1] : 0
      let isJoined =
        (PieceWord.isLetter(previous) || PieceWord.isDigit(previous))
        && (PieceWord.isLetter(next) || PieceWord.isDigit(next) || next == 0x3c)
      switch byte {
      case 0x2e where isJoined: traits.formUnion([.dotted, .identifier])
      case 0x5f, 0x2f, 0x5c, 0x40, 0x23: if isJoined { traits.insert(.identifier) }
      case 0x41...0x5a where previous >= 0x61 && previous <= 0x7a: traits.insert(.identifier)
      default: break
      }
      letters.append(byte)
      previous = byte
      at += 1
    }
    if traits.contains(.word), !traits.contains(.embeds) {
      let word = String(decoding: letters, as: UTF8.self)
      let bare = word.hasSuffix(".") || word.hasSuffix("!") ? String(word.dropLast()) : word
      if WordLists.isClosed(bare) { traits.insert(.closed) }
      let lower = bare.lowercased()
      if WordLists.cues.contains(lower) { traits.insert(.cue) }
      if WordLists.prose.contains(lower) { traits.insert(.prose) }
      if WordLists.units.contains(lower) { traits.insert(.unit) }
    }
    self = traits
  }
}
