internal import Bytes
internal import Model

/// A token of a shape: its number in the table of tokens, and whether white space stands before it.
struct Token: Hashable {
  var code: UInt32

  init(number: Int, isSpaced: Bool) {
    code = UInt32(truncatingIfNeeded: number) << 1 | (isSpaced ? 1 : 0)
  }

  var number: Int { Int(code >> 1) }
  var isSpaced: Bool { code & 1 != 0 }

  func replaced(by number: Int) -> Token { Token(number: number, isSpaced: isSpaced) }
}

/// All token texts of a run, each with a number, its traits and hashes that depend on its text alone.
///
/// - Limits: its owner's limit of shapes bounds it.
struct TokenTable {
  /// The number of `<*>`; the typed wildcards follow in the order of `Wildcard`.
  static let wildcard = 0

  private var numbers = NumberTable()
  private var storage: [UInt8] = []
  private var ends: [Int] = []
  private(set) var traits: [TokenTraits] = []
  /// A hash of the text.
  private(set) var hashes: [UInt64] = []
  /// The same token with `<*>` for each typed wildcard.
  private(set) var plain: [UInt32] = []

  init() {
    for wildcard in Wildcard.allCases { _ = number(of: wildcard.bytes.span) }
  }

  var count: Int { ends.count }

  /// The number of a text, made where it is new.
  mutating func number(of text: Span<UInt8>) -> Int {
    let hash = Self.hash(text)
    let known = numbers.first(hash) {
      hashes[$0] == hash && text.equals(storage.span.extracting(range(of: $0)))
    }
    if let known { return known }
    let number = ends.count
    for index in 0..<text.count { storage.appendTightly(text[index]) }
    ends.appendTightly(storage.count)
    hashes.appendTightly(hash)
    numbers.insert(number, under: hash) { hashes[$0] }
    let traits = TokenTraits(text)
    self.traits.appendTightly(traits)
    plain.appendTightly(UInt32(number))
    if traits.contains(.wildcard) {
      plain[number] = UInt32(Self.wildcard)
    } else if traits.contains(.embeds) {
      let plainText = Self.plain(text)
      let plainNumber = self.number(of: plainText.span)
      plain[number] = UInt32(plainNumber)
    }
    return number
  }

  private static func hash(_ text: Span<UInt8>) -> UInt64 { StableHash(text).high | 1 }

  func range(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  func append(_ number: Int, to out: inout [UInt8]) {
    for at in range(of: number) { out.append(storage[at]) }
  }

  func text(_ tokens: [Token]) -> [UInt8] {
    var out: [UInt8] = []
    for (index, token) in tokens.enumerated() {
      if token.isSpaced, index > 0 { out.append(0x20) }
      append(token.number, to: &out)
    }
    return out
  }

  /// Whether the first template's text stands before the second's, byte by byte.
  func precedes(_ left: [Token], _ right: [Token]) -> Bool {
    text(left).lexicographicallyPrecedes(text(right))
  }

  private static func plain(_ text: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < text.count {
      if let wildcard = Wildcard.standing(in: text, at: at) {
        out += Wildcard.any.bytes
        at += wildcard.bytes.count
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return out
  }

  /// A hash of what is left without wildcards and marks at the ends; 0 for nothing, or a unit.
  func skeleton(of number: Int) -> UInt64 {
    let traits = traits[number]
    guard traits.contains(.word), !traits.contains(.unit) else { return 0 }
    let text = storage.span.extracting(range(of: number))
    if !traits.contains(.embeds), Self.isAlphanumeric(text[0]),
      Self.isAlphanumeric(text[text.count - 1])
    {
      return hashes[number]
    }
    var kept: [UInt8] = []
    var at = 0
    while at < text.count {
      if let wildcard = Wildcard.standing(in: text, at: at) {
        at += wildcard.bytes.count
      } else {
        kept.append(text[at])
        at += 1
      }
    }
    while let last = kept.last, !Self.isAlphanumeric(last) { kept.removeLast() }
    let lead = kept.prefix { !Self.isAlphanumeric($0) }.count
    kept.removeFirst(lead)
    return kept.isEmpty ? 0 : Self.hash(kept.span)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    PieceWord.isLetter(byte) || PieceWord.isDigit(byte)
  }
}
