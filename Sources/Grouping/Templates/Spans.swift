internal import Bytes

/// Pairs of quotes and brackets in a template.
enum Spans {
  private static let pairs: [(opening: UInt8, closing: UInt8)] = [
    (0x22, 0x22), (0x27, 0x27), (0x28, 0x29), (0x5b, 0x5d), (0x7b, 0x7d), (0x3c, 0x3e),
  ]

  /// The token hash of `[`.
  static let bracket = hash(0x5b)

  private static let closings: [UInt64: UInt64] = Dictionary(
    uniqueKeysWithValues: pairs.map { (hash($0.opening), hash($0.closing)) })

  private static func hash(_ byte: UInt8) -> UInt64 { StableHash([byte].span).high | 1 }

  /// Whether the pair that opens in `column` holds the message: `msg="…"`, `"msg":"…"`.
  static func holdsProse(_ column: Int, _ tokens: [Token], _ table: TokenTable) -> Bool {
    guard column >= 2 else { return false }
    let before = table.traits[tokens[column - 1].number]
    guard !before.isDisjoint(with: [.equals, .colon]) else { return false }
    let key = table.traits[tokens[column - 2].number]
    if key.contains(.prose) { return true }
    return key.contains(.quote) && column >= 3
      && table.traits[tokens[column - 3].number].contains(.prose)
  }

  /// Where the pair closes that opens in `column`: the first closing mark behind it, or nil.
  static func closing(of column: Int, _ tokens: [Token], _ table: TokenTable) -> Int? {
    let traits = table.traits[tokens[column].number]
    guard !traits.isDisjoint(with: [.opening, .quote]) else { return nil }
    // An escaped quote is closed by its like.
    let own = table.hashes[tokens[column].number]
    guard let wanted = closings[own] ?? (traits.contains(.quote) ? own : nil) else { return nil }
    var index = column + 1
    while index < tokens.count {
      if table.hashes[tokens[index].number] == wanted { return index }
      index += 1
    }
    return nil
  }
}
