/// Templates equal except in one column: the column becomes `<*>` where its values say variable.
struct HolePhase: Phase {
  var kinship: Kinship { .columns }

  /// Each two thirds of the columns: where one column differs, two thirds are equal. With halves many
  /// messages would have one in common that are no relatives: `… request <num> took <num> ms`.
  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    guard template.words >= Thresholds.literals else { return }
    let tokens = template.tokens
    let first = tokens.count / 3
    let second = tokens.count * 2 / 3
    var left: UInt64 = 0
    for column in 0..<first { left &+= Template.term(tokens[column], column, table) }
    var middle: UInt64 = 0
    for column in first..<second { middle &+= Template.term(tokens[column], column, table) }
    // The number of tokens is part of the hash.
    keys.append(Template.mix(template.hash &- left, 1))
    keys.append(Template.mix(template.hash &- middle, 2))
    keys.append(Template.mix(left &+ middle &+ UInt64(tokens.count), 3))
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) {
      index, template, keys in
      for column in 0..<min(template.tokens.count, Thresholds.columns) {
        let token = template.tokens[column]
        let traits = table.traits[token.number]
        guard traits.isVariable else { continue }
        let outside = template.words - (traits.contains(.word) ? 1 : 0)
        guard outside >= Thresholds.literals else { continue }
        let key =
          template.hash &- Template.term(token, column, table)
          &+ Template.hole(token.isSpaced, column) &+ UInt64(column)
        keys.append(Keyed(key: key, template: Int32(index), column: Int32(column)))
      }
    }
    var holes: [Int: [Int]] = [:]
    families.forEach { family in
      guard let one = family.first else { return }
      let column = Int(one.column)
      var values: Set<Int> = []
      for item in family {
        values.insert(live[Int(item.template)].tokens[column].number)
      }
      guard values.count > 1,
        Self.isVariable(values, at: column, of: live[Int(one.template)], table)
      else { return }
      for item in family { holes[Int(item.template), default: []].append(column) }
    }
    return holes.compactMap { index, columns in
      var tokens = live[index].tokens
      for column in columns { tokens[column] = tokens[column].replaced(by: TokenTable.wildcard) }
      return tokens == live[index].tokens ? nil : Change(template: index, tokens: tokens)
    }
  }

  static func isVariable(
    _ values: Set<Int>, at column: Int, of template: Template, _ table: TokenTable
  ) -> Bool {
    if values.contains(TokenTable.wildcard) { return true }
    var open = 0
    var common: TokenTraits = [.dotted, .digits, .numbered, .identifier, .embeds, .known]
    for value in values {
      let traits = table.traits[value]
      if traits.isOpenWord { open += 1 }
      common.formIntersection(traits)
    }
    // All of them are values elsewhere.
    if common.contains(.known) { return true }
    if column == template.first {
      return common.contains(.dotted) && values.count >= Thresholds.firstDotted
    }
    if values.count >= Thresholds.any { return true }
    if common.contains(.dotted), values.count >= Thresholds.dotted { return true }
    if common.contains(.numbered), open >= Thresholds.numbered { return true }
    if open >= Thresholds.cued {
      if common.contains(.digits) || isCued(template.tokens, column, table) { return true }
    }
    if column == template.afterComponent { return open >= Thresholds.afterComponent }
    if open >= Thresholds.identifiers,
      common.contains(.identifier) && !common.contains(.embeds)
        || isLabelled(template.tokens, column, table)
    {
      return true
    }
    let needed = needed(template, column, table)
    // `eth<num>`, `lo<num>`: of devices with numbers there are few, and one more is asked for.
    return open >= (common.contains(.embeds) ? min(needed + 1, Thresholds.open) : needed)
  }

  /// How many open values it takes in a column without any cue: the fewer, the more of the message is equal.
  private static func needed(_ template: Template, _ column: Int, _ table: TokenTable) -> Int {
    let isWord = table.traits[template.tokens[column].number].contains(.word)
    let words = template.words - (isWord ? 1 : 0)
    return words >= Thresholds.context ? Thresholds.openInContext : Thresholds.open
  }

  /// Whether a name is to be expected in the column: after a cue word or `=`, or inside quotes.
  private static func isCued(_ tokens: [Token], _ column: Int, _ table: TokenTable) -> Bool {
    guard column > 0 else { return false }
    let before = table.traits[tokens[column - 1].number]
    if before.contains(.equals) { return true }
    if before.contains(.quote), column + 1 < tokens.count,
      tokens[column + 1].number == tokens[column - 1].number
    {
      return true
    }
    var index = column - 1
    while index >= 0 {
      let traits = table.traits[tokens[index].number]
      if traits.contains(.cue) { return true }
      guard !traits.isDisjoint(with: [.colon, .equals, .quote, .opening]) else { return false }
      index -= 1
    }
    return false
  }

  /// Whether the column is the one word behind `label: `, and no sentence: a mark or nothing follows.
  private static func isLabelled(_ tokens: [Token], _ column: Int, _ table: TokenTable) -> Bool {
    guard column >= 3, table.traits[tokens[column - 1].number].contains(.colon),
      !tokens[column - 1].isSpaced, tokens[column].isSpaced,
      table.traits[tokens[column - 2].number].contains(.word)
    else { return false }
    return column + 1 == tokens.count || !table.traits[tokens[column + 1].number].isVariable
  }
}
