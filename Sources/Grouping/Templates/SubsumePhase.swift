/// A template that another equals except where that one has `<*>` and it has words goes into the other.
///
/// Of several the most literal takes it, then the first by text. Templates are looked up by the columns
/// in which the other has its wildcards, one look-up for each such pattern in a bucket.
struct SubsumePhase: Phase {
  /// Patterns of wildcard columns tried in one bucket.
  private static let patternLimit = 64

  func changes(_ live: [Template], fresh: [Int], _ table: TokenTable) -> [Change] {
    let wanted = Set(fresh.map { live[$0].bucket })
    var buckets: [UInt64: [Int]] = [:]
    for index in live.indices where wanted.contains(live[index].bucket) {
      buckets[live[index].bucket, default: []].append(index)
    }
    var changes: [Change] = []
    for bucket in buckets.values where bucket.count > 1 {
      subsume(bucket, live, table, &changes)
    }
    return changes
  }

  private func subsume(
    _ bucket: [Int], _ live: [Template], _ table: TokenTable, _ changes: inout [Change]
  ) {
    var takers: [UInt64: Int] = [:]
    var patterns: Set<[Int]> = []
    for index in bucket where live[index].wildcards > 0 {
      guard live[index].words >= Thresholds.literals else { continue }
      takers[live[index].hash] = index
      patterns.insert(wildcards(live[index]))
    }
    let ordered = patterns.sorted {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }
    .prefix(Self.patternLimit)
    for index in bucket {
      let template = live[index]
      let own = Set(wildcards(template))
      var best: Int?
      for pattern in ordered where pattern.count > own.count && own.isSubset(of: pattern) {
        if let best, live[best].wildcards < pattern.count { break }
        var hash = template.hash
        for column in pattern where !own.contains(column) {
          let token = template.tokens[column]
          hash =
            hash &- Template.term(token, column, table)
            &+ Template.term(token.replaced(by: TokenTable.wildcard), column, table)
        }
        guard let taker = takers[hash], fits(template, pattern, table) else { continue }
        if let known = best, !table.precedes(live[taker].tokens, live[known].tokens) { continue }
        best = taker
      }
      if let best { changes.append(Change(template: index, tokens: live[best].tokens)) }
    }
  }

  private func wildcards(_ template: Template) -> [Int] {
    template.tokens.indices.filter { template.tokens[$0].number == TokenTable.wildcard }
  }

  private func fits(_ template: Template, _ pattern: [Int], _ table: TokenTable) -> Bool {
    pattern.allSatisfy { table.traits[template.tokens[$0].number].isVariable }
  }
}
