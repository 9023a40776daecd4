/// Templates equal except in two columns that both vary widely.
struct PairPhase: Phase {
  /// Keys that one bucket of templates may give; over it, only the first columns are paired.
  private static let keyLimit = 4_000_000
  /// Fresh templates of a bucket with which each of the others is compared first.
  private static let comparedLimit = 8

  var kinship: Kinship { .bucket }

  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64]) {
    if mayHaveKin(template) { keys.append(template.bucket) }
  }

  func mayHaveKin(_ template: Template) -> Bool { template.words >= Thresholds.literals + 2 }

  func changes(_ live: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change] {
    let isFresh = Set(fresh)
    var buckets: [UInt64: [Int]] = [:]
    for index in among {
      buckets[live[index].bucket, default: []].append(index)
    }
    var holes: [Int: Set<Int>] = [:]
    for bucket in buckets.values where bucket.count >= Thresholds.paired {
      pair(bucket, live, isFresh, table, &holes)
    }
    return holes.map { index, columns in
      var tokens = live[index].tokens
      for column in columns { tokens[column] = tokens[column].replaced(by: TokenTable.wildcard) }
      return Change(template: index, tokens: tokens)
    }
  }

  /// Those that differ from a fresh one in two columns at most; all where many are fresh.
  private func near(_ bucket: [Int], _ live: [Template], _ isFresh: Set<Int>) -> [Int] {
    let fresh = bucket.filter { isFresh.contains($0) }
    if fresh.count > Self.comparedLimit { return bucket }
    return bucket.filter { index in
      fresh.contains { one in
        let left = live[one].tokens
        let right = live[index].tokens
        guard left.count == right.count else { return false }
        var differing = 0
        for column in left.indices where left[column] != right[column] {
          differing += 1
          if differing > 2 { return false }
        }
        return true
      }
    }
  }

  private func pair(
    _ whole: [Int], _ live: [Template], _ isFresh: Set<Int>, _ table: TokenTable,
    _ holes: inout [Int: Set<Int>]
  ) {
    let bucket = near(whole, live, isFresh)
    guard bucket.count >= Thresholds.paired else { return }
    var limit = Thresholds.pairedColumns
    while limit > 2, whole.count * limit * (limit - 1) / 2 > Self.keyLimit { limit -= 1 }
    let templates = bucket.map { live[$0] }
    let places = Array(templates.indices)
    let fresh = places.filter { isFresh.contains(bucket[$0]) }
    let families = FamilyFinder(templates, among: places, fresh: fresh) {
      index, template, keys in
      guard template.words >= Thresholds.literals + 2 else { return }
      var columns: [Int] = []
      for column in 0..<min(template.tokens.count, Thresholds.columns)
      where column != template.first {
        let traits = table.traits[template.tokens[column].number]
        guard traits.contains(.word) else { continue }
        columns.append(column)
        if columns.count > Thresholds.pairedColumns { return }
      }
      columns = Array(columns.prefix(limit))
      for (order, left) in columns.enumerated() {
        let base = exchanged(template, left, template.hash, table)
        for right in columns.dropFirst(order + 1) {
          let key = exchanged(template, right, base, table) &+ UInt64(left * 64 + right)
          keys.append(
            Keyed(key: key, template: Int32(index), column: Int32(left * 1024 + right)))
        }
      }
    }
    families.forEach { family in
      guard family.count >= Thresholds.paired, let one = family.first else { return }
      let left = Int(one.column) / 1024
      let right = Int(one.column) % 1024
      var leftValues: Set<Int> = []
      var rightValues: Set<Int> = []
      for item in family {
        let tokens = templates[Int(item.template)].tokens
        if table.traits[tokens[left].number].isOpenWord { leftValues.insert(tokens[left].number) }
        if table.traits[tokens[right].number].isOpenWord {
          rightValues.insert(tokens[right].number)
        }
      }
      guard leftValues.count >= Thresholds.paired, rightValues.count >= Thresholds.paired
      else { return }
      for item in family {
        holes[bucket[Int(item.template)], default: []].formUnion([left, right])
      }
    }
  }

  private func exchanged(_ template: Template, _ column: Int, _ hash: UInt64, _ table: TokenTable)
    -> UInt64
  {
    let token = template.tokens[column]
    return hash &- Template.term(token, column, table) &+ Template.hole(token.isSpaced, column)
  }
}
