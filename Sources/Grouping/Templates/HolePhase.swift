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
    var isDotted = true
    var hasDigits = true
    var isNumbered = true
    for value in values {
      let traits = table.traits[value]
      if traits.isOpenWord { open += 1 }
      if !traits.contains(.dotted) { isDotted = false }
      if !traits.contains(.digits) { hasDigits = false }
      if !traits.contains(.numbered) { isNumbered = false }
    }
    if column == template.first { return isDotted && values.count >= Thresholds.firstDotted }
    if values.count >= Thresholds.any { return true }
    if isDotted, values.count >= Thresholds.dotted { return true }
    if isNumbered, open >= Thresholds.numbered { return true }
    if open >= Thresholds.cued, hasDigits || isCued(template.tokens, column, table) { return true }
    return open
      >= (column == template.afterComponent ? Thresholds.afterComponent : Thresholds.open)
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
}
