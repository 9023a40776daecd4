/// Templates equal outside one pair of quotes or brackets: what is inside becomes `<*>`.
///
/// Where one of them holds nothing but `<*>` and marks already, or the insides are many and hold words.
struct SpanPhase: Phase {
  var kinship: Kinship { .spans }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    var spans: [Keyed] = []
    append(template, 0, table, to: &spans)
    for span in spans { keys.append(span.key) }
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) { index, template, keys in
      append(template, index, table, to: &keys)
    }
    var proposals = Proposals(table)
    families.forEach { family in
      var insides: Set<[Token]> = []
      var holdsWildcard = false
      for item in family {
        let range = inside(item)
        let inside = Array(live[Int(item.template)].tokens[range])
        if inside.contains(where: { table.traits[$0.number].contains(.word) }) {
          insides.insert(inside)
        } else if inside.contains(where: { $0.number == TokenTable.wildcard }) {
          holdsWildcard = true
        }
      }
      guard holdsWildcard || insides.count >= Thresholds.spans else { return }
      for item in family {
        let range = inside(item)
        var tokens = live[Int(item.template)].tokens
        if range.count == 1, tokens[range.lowerBound].number == TokenTable.wildcard { continue }
        tokens.replaceSubrange(
          range, with: CollectionOfOne(Token(number: TokenTable.wildcard, isSpaced: false)))
        proposals.propose(Int(item.template), tokens)
      }
    }
    return proposals.changes
  }

  private func inside(_ item: Keyed) -> Range<Int> {
    let start = Int(item.column) / 256
    return start..<(start + Int(item.column) % 256)
  }

  private func append(
    _ template: Template, _ index: Int, _ table: TokenTable, to keys: inout [Keyed]
  ) {
    let tokens = template.tokens
    var column = 0
    while column < tokens.count {
      guard let closing = Spans.closing(of: column, tokens, table), closing > column + 1 else {
        column += 1
        continue
      }
      var key: UInt64 = 0xa54f_f53a
      var words = 0
      for (index, token) in tokens.enumerated() where index <= column || index >= closing {
        if table.traits[token.number].contains(.word) { words += 1 }
        key = Template.mix(key, table.hashes[token.number] &+ (token.isSpaced ? 0x100 : 0))
      }
      if words >= Thresholds.literals, !Spans.holdsProse(column, tokens, table) {
        key = Template.mix(key, UInt64(column))
        keys.append(
          Keyed(
            key: key, template: Int32(index),
            column: Int32((column + 1) * 256 + min(closing - column - 1, 255))))
      }
      column = closing + 1
    }
  }
}
