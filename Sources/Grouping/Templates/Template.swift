/// A shape or template in the fixpoint, with the keys under which the phases find its relatives.
struct Template {
  let tokens: [Token]
  private let wordCount: Int32
  private let wildcardCount: Int32
  private let firstColumn: Int32
  private let columnAfterComponent: Int32
  let hash: UInt64
  /// Of its words without wildcards, marks and units; 0 where they are too few.
  let skeleton: UInt64
  /// Of its plain words in order; 0 where they are too few.
  let plainWords: UInt64
  /// Of its first token and its length.
  let bucket: UInt64
  /// Of its first and its last word.
  let edges: UInt64
  var phases: PhaseSet = .all
  /// False once it has gone into another: it holds nothing then.
  let isInPlay: Bool

  /// Words, embedded wildcards included.
  var words: Int { Int(wordCount) }
  var wildcards: Int { Int(wildcardCount) }
  /// Column of the first word or wildcard where no opening bracket stands before it, else -1.
  var first: Int { Int(firstColumn) }
  /// Column of the word right after a `component:` prefix or at the start of `msg="…"`, or -1.
  var afterComponent: Int { Int(columnAfterComponent) }

  /// What stays in the place of one that has gone into another.
  static let gone = Template()

  private init() {
    tokens = []
    (wordCount, wildcardCount, firstColumn, columnAfterComponent) = (0, 0, -1, -1)
    (hash, skeleton, plainWords, bucket, edges) = (0, 0, 0, 0, 0)
    isInPlay = false
  }

  init(_ tokens: [Token], _ table: TokenTable) {
    self.tokens = tokens
    isInPlay = true
    var words = 0
    var wildcards = 0
    var first = -1
    var firstVariable = -1
    var skeleton: UInt64 = 0x51ed_270b
    var skeletonWords = 0
    var plainWords: UInt64 = 0x2545_f491
    var plainCount = 0
    var firstWord: UInt64 = 0
    var lastWord: UInt64 = 0
    for (column, token) in tokens.enumerated() {
      let traits = table.traits[token.number]
      if traits.isVariable, firstVariable < 0 {
        firstVariable = column
        let isOpened =
          column > 0
          && !table.traits[tokens[column - 1].number].isDisjoint(with: [.opening, .quote])
        if !isOpened { first = column }
      }
      if traits.contains(.wildcard) { wildcards += 1 }
      guard traits.contains(.word) else { continue }
      words += 1
      let hash = table.hashes[token.number]
      if firstWord == 0 { firstWord = hash }
      lastWord = hash
      let bare = table.skeleton(of: token.number)
      if bare != 0 {
        skeletonWords += 1
        skeleton = Self.mix(skeleton, bare)
      }
      if !traits.contains(.identifier) {
        plainCount += 1
        plainWords = Self.mix(plainWords, hash)
      }
    }
    wordCount = Int32(words)
    wildcardCount = Int32(wildcards)
    firstColumn = Int32(first)
    let afterComponent = Self.afterComponent(tokens, table)
    columnAfterComponent = Int32(
      afterComponent < 0 ? Self.startOfProse(tokens, table) : afterComponent)
    self.skeleton = skeletonWords >= Thresholds.skeleton ? skeleton : 0
    self.plainWords = plainCount >= Thresholds.swallowWords ? plainWords : 0
    edges = Self.mix(firstWord, lastWord)
    hash = Self.hash(tokens, table)
    let head = tokens.isEmpty ? 0 : table.hashes[tokens[0].number]
    bucket = Self.mix(head, UInt64(tokens.count))
  }

  private static func afterComponent(_ tokens: [Token], _ table: TokenTable) -> Int {
    guard tokens.count >= 3, table.traits[tokens[0].number].contains(.word) else { return -1 }
    var column = 1
    guard table.traits[tokens[column].number].contains(.colon), !tokens[column].isSpaced
    else { return -1 }
    while column < tokens.count, table.traits[tokens[column].number].contains(.colon) {
      column += 1
    }
    return column
  }

  private static func startOfProse(_ tokens: [Token], _ table: TokenTable) -> Int {
    for column in tokens.indices.dropLast() where Spans.holdsProse(column, tokens, table) {
      if table.traits[tokens[column].number].contains(.quote) { return column + 1 }
    }
    return -1
  }

  static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return product.high ^ product.low &+ (state << 7 | state >> 57)
  }

  static func hash(_ tokens: [Token], _ table: TokenTable) -> UInt64 {
    var hash = UInt64(tokens.count)
    for column in tokens.indices { hash &+= term(tokens[column], column, table) }
    return hash
  }

  /// What a token adds to its template's hash: a sum of terms, so that a column can be exchanged.
  static func term(_ token: Token, _ column: Int, _ table: TokenTable) -> UInt64 {
    term(table.hashes[token.number], token.isSpaced, column)
  }

  /// What stands for any value in a column, in the key of a family.
  static func hole(_ isSpaced: Bool, _ column: Int) -> UInt64 {
    term(0x7f4a_7c15_9e37_79b9, isSpaced, column)
  }

  private static func term(_ hash: UInt64, _ isSpaced: Bool, _ column: Int) -> UInt64 {
    let place = UInt64(truncatingIfNeeded: column &* 2 &+ (isSpaced ? 1 : 0) &+ 1)
    return mix(hash, place &* 0x9fb2_1c65_1e98_df25)
  }
}

/// The phases of generalisation that a template has not yet been through since it came to be.
struct PhaseSet: OptionSet {
  let rawValue: UInt16

  static let all = PhaseSet(rawValue: 0xffff)
}
