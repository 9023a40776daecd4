/// Templates with the same words once wildcards, marks and units are left out are one.
///
/// It catches optional slots and variants of punctuation. The one with most wildcards stays, then the
/// shortest, then the first by text.
struct SkeletonPhase: Phase {
  var kinship: Kinship { .skeleton }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    if template.skeleton != 0 { keys.append(template.skeleton) }
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let families = FamilyFinder(live, among: among, fresh: fresh) { index, template, keys in
      guard template.skeleton != 0 else { return }
      keys.append(Keyed(key: template.skeleton, template: Int32(index), column: 0))
    }
    var changes: [Change] = []
    families.forEach { family in
      var best = Int(family[family.startIndex].template)
      for item in family.dropFirst() where isBetter(live[Int(item.template)], live[best], table) {
        best = Int(item.template)
      }
      for item in family where Int(item.template) != best {
        changes.append(Change(template: Int(item.template), tokens: live[best].tokens))
      }
    }
    return changes
  }

  private func isBetter(_ left: Template, _ right: Template, _ table: TokenTable) -> Bool {
    if left.wildcards != right.wildcards { return left.wildcards > right.wildcards }
    if left.tokens.count != right.tokens.count { return left.tokens.count < right.tokens.count }
    return table.precedes(left.tokens, right.tokens)
  }
}
