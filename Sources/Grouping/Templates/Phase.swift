/// A rule of generalisation: what it finds among templates of which some are new to it.
protocol Phase: Sendable {
  /// What its relatives share.
  var kinship: Kinship { get }

  /// Whether a template may be in a family at all.
  func mayHaveKin(_ template: Template) -> Bool

  /// Appends keys of which any two members of a family share one; none where it can be in no family.
  func kin(of template: Template, _ table: TokenTable, into keys: inout [UInt64])

  /// The templates that change, each with what it becomes.
  ///
  /// - Parameters:
  ///   - templates: by their numbers.
  ///   - among: in ascending order, all in play that may be in a family with a fresh one.
  ///   - fresh: those that the phase has not seen; only families with one of them can have changed.
  ///
  /// The result must not depend on the templates' numbers, only on the texts.
  func changes(_ templates: [Template], among: [Int], fresh: [Int], _ table: TokenTable) -> [Change]
}

extension Phase {
  func mayHaveKin(_ template: Template) -> Bool { true }
}

struct Change {
  var template: Int
  var tokens: [Token]
}

/// A template under a key that it shares with its relatives.
struct Keyed {
  var key: UInt64
  var template: Int32
  var column: Int32
}

/// Finds the families: templates with equal keys, at least two, with a fresh one among them.
struct FamilyFinder {
  private var items: [Keyed] = []
  private let wanted: Set<UInt64>?

  /// - Parameter keys: appends all keys of a template.
  init(
    _ live: [Template], among: [Int], fresh: [Int], keys: (Int, Template, inout [Keyed]) -> Void
  ) {
    var scratch: [Keyed] = []
    if fresh.count < among.count {
      var wanted: Set<UInt64> = []
      for index in fresh {
        scratch.removeAll(keepingCapacity: true)
        keys(index, live[index], &scratch)
        for item in scratch { wanted.insert(item.key) }
      }
      self.wanted = wanted
      // Most keys are refused by a bit, before the set is asked.
      var seen = [UInt64](repeating: 0, count: 64)
      for key in wanted { seen[Int(key >> 6 & 63)] |= 1 << (key & 63) }
      if wanted.isEmpty { return }
      for index in among {
        scratch.removeAll(keepingCapacity: true)
        keys(index, live[index], &scratch)
        for item in scratch
        where seen[Int(item.key >> 6 & 63)] >> (item.key & 63) & 1 != 0
          && wanted.contains(item.key)
        { items.append(item) }
      }
    } else {
      wanted = nil
      for index in among { keys(index, live[index], &items) }
    }
    items.sort {
      if $0.key != $1.key { return $0.key < $1.key }
      return $0.template != $1.template ? $0.template < $1.template : $0.column < $1.column
    }
  }

  func forEach(_ body: (ArraySlice<Keyed>) -> Void) {
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end].key == items[start].key { end += 1 }
      if end - start > 1 { body(items[start..<end]) }
      start = end
    }
  }
}

/// Several changes proposed for one template: the most literal, then shortest, then first by text wins.
struct Proposals {
  private var best: [Int: [Token]] = [:]
  private let table: TokenTable

  init(_ table: TokenTable) { self.table = table }

  mutating func propose(_ template: Int, _ tokens: [Token]) {
    guard let known = best[template] else {
      best[template] = tokens
      return
    }
    if isBetter(tokens, known) { best[template] = tokens }
  }

  private func isBetter(_ left: [Token], _ right: [Token]) -> Bool {
    let a = words(left)
    let b = words(right)
    if a != b { return a > b }
    if left.count != right.count { return left.count < right.count }
    return left != right && table.precedes(left, right)
  }

  private func words(_ tokens: [Token]) -> Int {
    tokens.reduce(0) { $0 + (table.traits[$1.number].contains(.word) ? 1 : 0) }
  }

  var changes: [Change] { best.map { Change(template: $0.key, tokens: $0.value) } }
}
