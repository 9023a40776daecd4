/// Templates equal once identifiers and quoted or bracketed spans are left out; slots that vary become
/// `<*>`, several at once, where no two templates are one column apart.
struct CoarsePhase: Phase {
  private struct Slot {
    var range: Range<Int>
    var isSpan: Bool
  }

  var kinship: Kinship { .coarse }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    let (key, slots) = coarse(template, table)
    if !slots.isEmpty, key != 0 { keys.append(key) }
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) { index, template, keys in
      let (key, slots) = coarse(template, table)
      guard !slots.isEmpty, key != 0 else { return }
      keys.append(Keyed(key: key, template: Int32(index), column: 0))
    }
    var changes: [Change] = []
    families.forEach { family in
      let members = family.map { Int($0.template) }
      let slots = members.map { coarse(live[$0], table).slots }
      guard let count = slots.first?.count, slots.allSatisfy({ $0.count == count }) else { return }
      var isVariable = Array(repeating: false, count: count)
      for slot in 0..<count {
        var values: Set<[Token]> = []
        var holdsWildcard = false
        var isSpan = false
        for (member, slots) in zip(members, slots) {
          isSpan = slots[slot].isSpan
          var value = Array(live[member].tokens[slots[slot].range])
          if let head = value.first { value[0] = Token(number: head.number, isSpaced: false) }
          if value.count == 1, value[0].number == TokenTable.wildcard { holdsWildcard = true }
          values.insert(value)
        }
        isVariable[slot] =
          isSpan
          ? values.count >= Thresholds.coarseSpans
          : holdsWildcard && values.count > 1 || values.count >= Thresholds.coarse
      }
      guard isVariable.contains(true) else { return }
      for (member, slots) in zip(members, slots) {
        var tokens = live[member].tokens
        for slot in (0..<count).reversed() where isVariable[slot] {
          let range = slots[slot].range
          let token = tokens[range.lowerBound].replaced(by: TokenTable.wildcard)
          tokens.replaceSubrange(range, with: CollectionOfOne(token))
        }
        if tokens != live[member].tokens {
          changes.append(Change(template: member, tokens: tokens))
        }
      }
    }
    return changes
  }

  private func coarse(_ template: Template, _ table: TokenTable) -> (key: UInt64, slots: [Slot]) {
    let tokens = template.tokens
    var key: UInt64 = 0x3c6e_f372
    var slots: [Slot] = []
    var words = 0
    var column = 0
    while column < tokens.count {
      let token = tokens[column]
      let traits = table.traits[token.number]
      if let closing = Spans.closing(of: column, tokens, table), closing > column + 1,
        traits.contains(.quote) || table.hashes[token.number] == Spans.bracket,
        !Spans.holdsProse(column, tokens, table)
      {
        slots.append(Slot(range: (column + 1)..<closing, isSpan: true))
        key = Template.mix(key, table.hashes[token.number] ^ (token.isSpaced ? 1 : 0))
        key = Template.mix(key, 0x5350_414e)
        column = closing + 1
        continue
      }
      if traits.contains(.identifier), column != template.first,
        column != template.afterComponent
      {
        slots.append(Slot(range: column..<(column + 1), isSpan: false))
        key = Template.mix(key, token.isSpaced ? 0x4944_31 : 0x4944_30)
      } else {
        if traits.contains(.word) { words += 1 }
        key = Template.mix(key, table.hashes[token.number] &+ (token.isSpaced ? 1 : 0))
      }
      column += 1
    }
    return (words >= Thresholds.literals ? key : 0, slots)
  }
}
