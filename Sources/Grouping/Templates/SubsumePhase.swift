/// A template that another equals except where that one has `<*>` and it has words goes into the other.
///
/// Of several the most literal takes it, then the first by text. Templates are looked up by the columns
/// in which the other has its wildcards, one look-up for each such pattern in a bucket.
struct SubsumePhase: Phase {
  /// Patterns of wildcard columns tried in one bucket.
  private static let patternLimit = 64

  /// Fresh templates of a bucket up to which pairs are compared instead.
  private static let comparedLimit = 8

  var kinship: Kinship { .bucket }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    keys.append(template.bucket)
  }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let isFresh = Set(fresh)
    var buckets: [UInt64: [Int]] = [:]
    for index in among { buckets[live[index].bucket, default: []].append(index) }
    var changes: [Change] = []
    for bucket in buckets.values where bucket.count > 1 {
      let new = bucket.filter { isFresh.contains($0) }
      if new.count > Self.comparedLimit {
        subsume(bucket, live, table, &changes)
      } else {
        subsume(bucket, new, live, table, &changes)
      }
    }
    return changes
  }

  /// Only what is new or goes into something new.
  private func subsume(
    _ bucket: [Int], _ new: [Int], _ live: [Template], _ table: TokenTable,
    _ changes: inout [Change]
  ) {
    for index in bucket {
      guard new.contains(index) || new.contains(where: { takes(live[$0], live[index], table) })
      else { continue }
      var best: Int?
      for taker in bucket where takes(live[taker], live[index], table) {
        if let known = best {
          if live[taker].wildcards > live[known].wildcards { continue }
          if live[taker].wildcards == live[known].wildcards,
            !table.precedes(live[taker].tokens, live[known].tokens)
          {
            continue
          }
        }
        best = taker
      }
      if let best { changes.append(Change(template: index, tokens: live[best].tokens)) }
    }
  }

  /// Whether a template equals another but for words where it has `<*>`.
  private func takes(_ taker: Template, _ other: Template, _ table: TokenTable) -> Bool {
    guard taker.wildcards > other.wildcards, taker.words >= Thresholds.literals,
      taker.tokens.count == other.tokens.count
    else { return false }
    for column in taker.tokens.indices {
      let token = taker.tokens[column]
      let own = other.tokens[column]
      if token == own { continue }
      guard token.number == TokenTable.wildcard, token.isSpaced == own.isSpaced,
        table.traits[own.number].isVariable
      else { return false }
    }
    return true
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
