/// Templates equal but for several columns that all vary: what three and more slots filled at once leave.
///
/// Which columns those are, frequency tells (after Brain, Yu et al., TSC 2023, and AEL): among templates with
/// the same first token and length, a message's own words stand in their column in all of its templates,
/// values in few. So a template proposes its wildcards and its rarest words, one to seven columns in all, as holes;
/// where others propose the same holes and are equal outside, and each hole shows what a single hole must
/// (`<*>` among its values, or many open words), they are one.
struct ColumnsPhase: Phase {
  /// Holes at once: more would leave less of the message than they take.
  private static let holeLimit = 7

  var kinship: Kinship { .bucket }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    if mayHaveKin(template) { keys.append(template.bucket) }
  }

  func mayHaveKin(_ template: Template) -> Bool { template.words >= Thresholds.columnWords }

  func changes(
    _ live: [Template], among whole: [Int], fresh allFresh: [Int], _ table: TokenTable
  ) -> [Change] {
    // Relatives have a bucket in common, since the first token is never a hole.
    var sizes: [UInt64: Int32] = [:]
    for index in whole where mayHaveKin(live[index]) { sizes[live[index].bucket, default: 0] += 1 }
    let among = whole.filter { sizes[live[$0].bucket] ?? 0 > 1 }
    let fresh = allFresh.filter { sizes[live[$0].bucket] ?? 0 > 1 }
    if fresh.isEmpty { return [] }
    var counts: [UInt64: Int32] = [:]
    for index in among where mayHaveKin(live[index]) {
      let template = live[index]
      for column in 0..<min(template.tokens.count, Thresholds.columns) {
        counts[place(template, column, table), default: 0] += 1
      }
    }
    let families = FamilyFinder(live, among: among, fresh: fresh) { index, template, keys in
      append(template, index, counts, table, to: &keys)
    }
    var holes: [Int: Set<Int>] = [:]
    families.forEach { family in
      let members = family.map { Int($0.template) }
      guard let one = family.first else { return }
      let columns = self.columns(live[Int(one.template)], Int(one.column), counts, table)
      guard columns.allSatisfy({ varies($0, members, live, table) }) else { return }
      for member in members { holes[member, default: []].formUnion(columns) }
    }
    return holes.compactMap { index, columns in
      var tokens = live[index].tokens
      for column in columns { tokens[column] = tokens[column].replaced(by: TokenTable.wildcard) }
      return tokens == live[index].tokens ? nil : Change(template: index, tokens: tokens)
    }
  }

  private func varies(
    _ column: Int, _ members: [Int], _ live: [Template], _ table: TokenTable
  ) -> Bool {
    var open: Set<Int> = []
    for member in members {
      let number = live[member].tokens[column].number
      if number == TokenTable.wildcard { return true }
      if table.traits[number].isOpenWord { open.insert(number) }
      if open.count >= Thresholds.open { return true }
    }
    return false
  }

  private func place(_ template: Template, _ column: Int, _ table: TokenTable) -> UInt64 {
    template.bucket &+ Template.term(template.tokens[column], column, table)
  }

  /// Columns of a template that may vary, the most likely first: wildcards, then words by their frequency.
  private func candidates(
    _ template: Template, _ counts: [UInt64: Int32], _ table: TokenTable
  ) -> (wildcards: Int, columns: [Int]) {
    var wildcards: [Int] = []
    var words: [(count: Int32, column: Int)] = []
    for column in 0..<min(template.tokens.count, Thresholds.columns)
    where column != template.first && column != template.afterComponent {
      let number = template.tokens[column].number
      if number == TokenTable.wildcard {
        wildcards.append(column)
      } else if table.traits[number].contains(.word) {
        words.append((counts[place(template, column, table)] ?? 0, column))
      }
    }
    words.sort { $0.count != $1.count ? $0.count < $1.count : $0.column < $1.column }
    return (wildcards.count, wildcards + words.map(\.column))
  }

  private func columns(
    _ template: Template, _ count: Int, _ counts: [UInt64: Int32], _ table: TokenTable
  ) -> ArraySlice<Int> {
    candidates(template, counts, table).columns.prefix(count)
  }

  private func append(
    _ template: Template, _ index: Int, _ counts: [UInt64: Int32], _ table: TokenTable,
    to keys: inout [Keyed]
  ) {
    guard template.words >= Thresholds.columnWords else { return }
    let (wildcards, columns) = candidates(template, counts, table)
    guard columns.count > wildcards, wildcards <= Self.holeLimit else { return }
    var key = template.hash
    for (order, column) in columns.prefix(Self.holeLimit).enumerated() {
      let token = template.tokens[column]
      key =
        key &- Template.term(token, column, table) &+ Template.hole(token.isSpaced, column)
      let left = template.words - max(0, order + 1 - wildcards)
      if left < Thresholds.columnWords { return }
      if order + 1 >= max(2, wildcards) {
        keys.append(
          Keyed(
            key: Template.mix(key, 0x636f_6c73), template: Int32(index), column: Int32(order + 1)))
      }
    }
  }
}
