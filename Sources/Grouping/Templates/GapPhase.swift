/// Templates with the same beginning and end and a middle of varying length that holds many values.
struct GapPhase: Phase {
  var kinship: Kinship { .edges }

  /// The first and the last word are outside of any gap.
  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    guard template.words >= Thresholds.gapWords + 1, template.tokens.count <= Thresholds.columns
    else { return }
    keys.append(template.edges)
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) {
      index, template, keys in
      append(template, index, table, to: &keys)
    }
    var proposals = Proposals(table)
    families.forEach { family in
      guard family.count >= Thresholds.gap else { return }
      var firsts: Set<Int> = []
      var lasts: Set<Int> = []
      var lengths: Set<Int> = []
      for item in family {
        let middle = middle(item)
        let tokens = live[Int(item.template)].tokens
        let first = tokens[middle.lowerBound].number
        let last = tokens[middle.upperBound - 1].number
        if table.traits[first].isOpenWord { firsts.insert(first) }
        if table.traits[last].isOpenWord { lasts.insert(last) }
        lengths.insert(middle.count)
      }
      guard firsts.count >= Thresholds.gap, lasts.count >= Thresholds.gap, lengths.count > 1
      else { return }
      for item in family {
        var tokens = live[Int(item.template)].tokens
        let middle = middle(item)
        let hole = tokens[middle.lowerBound].replaced(by: TokenTable.wildcard)
        tokens.replaceSubrange(middle, with: CollectionOfOne(hole))
        proposals.propose(Int(item.template), tokens)
      }
    }
    return proposals.changes
  }

  private func middle(_ item: Keyed) -> Range<Int> {
    let start = Int(item.column) / 8
    return start..<(start + Int(item.column) % 8)
  }

  private func append(
    _ template: Template, _ index: Int, _ table: TokenTable, to keys: inout [Keyed]
  ) {
    let tokens = template.tokens
    guard template.words >= Thresholds.gapWords + 1, tokens.count <= Thresholds.columns
    else { return }
    var prefixes: [UInt64] = [0x6a09_e667]
    var suffixes = [UInt64](repeating: 0xbb67_ae85, count: tokens.count + 1)
    var wordsBefore = [0]
    for token in tokens {
      let traits = table.traits[token.number]
      wordsBefore.append(wordsBefore[wordsBefore.count - 1] + (traits.contains(.word) ? 1 : 0))
      prefixes.append(Template.mix(prefixes[prefixes.count - 1], word(token, table)))
    }
    for column in stride(from: tokens.count - 1, through: 0, by: -1) {
      suffixes[column] = Template.mix(suffixes[column + 1], word(tokens[column], table))
    }
    for start in 1..<tokens.count where wordsBefore[start] >= 1 {
      for length in 1...Thresholds.gapTokens where start + length < tokens.count {
        let end = start + length
        let behind = template.words - wordsBefore[end]
        guard behind >= 1, wordsBefore[start] + behind >= Thresholds.gapWords,
          table.traits[tokens[start].number].contains(.word),
          table.traits[tokens[end - 1].number].contains(.word)
        else { continue }
        let key = Template.mix(prefixes[start], suffixes[end])
        keys.append(
          Keyed(key: key, template: Int32(index), column: Int32(start * 8 + length)))
      }
    }
  }

  private func word(_ token: Token, _ table: TokenTable) -> UInt64 {
    table.hashes[token.number] &+ (token.isSpaced ? 0x100 : 0)
  }
}
