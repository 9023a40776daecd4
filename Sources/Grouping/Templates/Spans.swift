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

  /// Where the pair closes that opens in `column`: the first closing mark behind it, or nil.
  static func closing(of column: Int, _ tokens: [Token], _ table: TokenTable) -> Int? {
    guard !table.traits[tokens[column].number].isDisjoint(with: [.opening, .quote]),
      let wanted = closings[table.hashes[tokens[column].number]]
    else { return nil }
    var index = column + 1
    while index < tokens.count {
      if table.hashes[tokens[index].number] == wanted { return index }
      index += 1
    }
    return nil
  }
}
