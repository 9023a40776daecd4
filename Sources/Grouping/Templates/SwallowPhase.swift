/// Among templates with the same plain words, one whose `<*>` can stand for several identifiers, marks
/// or wildcards of another takes it in.
///
/// Best is the one with most words, then the shortest, then the first by text. It must itself come before
/// what it takes in (fewer tokens, more wildcards, text), so that two never take in each other.
struct SwallowPhase: Phase {
  /// Takers tried in one family, and trials in all: large families try only the best.
  private static let takerLimit = 64
  private static let trialLimit = 8192

  var kinship: Kinship { .plainWords }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    if template.plainWords != 0 { keys.append(template.plainWords) }
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) { index, template, keys in
      guard template.plainWords != 0 else { return }
      keys.append(Keyed(key: template.plainWords, template: Int32(index), column: 0))
    }
    var changes: [Change] = []
    families.forEach { family in
      let members = family.map { Int($0.template) }
      let takers = Array(
        members.filter { live[$0].wildcards > 0 }
          .sorted { isBetter(live[$0], live[$1], table) }
          .prefix(min(Self.takerLimit, max(1, Self.trialLimit / members.count))))
      for member in members {
        let taker = takers.first {
          $0 != member && comesBefore(live[$0], live[member], table)
            && Alignment.swallows(live[$0].tokens, live[member].tokens, table)
        }
        guard let taker else { continue }
        changes.append(Change(template: member, tokens: live[taker].tokens))
      }
    }
    return changes
  }

  private func isBetter(_ left: Template, _ right: Template, _ table: TokenTable) -> Bool {
    if left.words != right.words { return left.words > right.words }
    if left.tokens.count != right.tokens.count { return left.tokens.count < right.tokens.count }
    return table.precedes(left.tokens, right.tokens)
  }

  private func comesBefore(_ left: Template, _ right: Template, _ table: TokenTable) -> Bool {
    if left.tokens.count != right.tokens.count { return left.tokens.count < right.tokens.count }
    if left.wildcards != right.wildcards { return left.wildcards > right.wildcards }
    return table.precedes(left.tokens, right.tokens)
  }
}
