/// Generalises a set of templates until no phase finds anything more.
///
/// Each round takes the first phase that yields a change and applies all of its changes at once. A phase
/// looks only at families that hold a template new to it, so that adding one template to many settled
/// ones costs little; run once over a set of shapes, the result is a function of that set.
/// - Complexity: a round is a few passes over the templates' columns.
/// - Limits: 400 rounds; far more than was ever seen, so that no input can hang it.
struct Fixpoint {
  private static let roundLimit = 400
  private static let phases: [any Phase] = [
    HolePhase(), PairPhase(), SkeletonPhase(), CoarsePhase(), SwallowPhase(), GapPhase(),
    SpanPhase(), SubsumePhase(),
  ]

  /// All templates ever added, dead ones emptied of their tokens.
  private(set) var templates: [Template] = []
  /// Where a dead template went; itself for one in play.
  private var successors: [Int] = []
  private var byTokens: [[Token]: Int] = [:]
  /// Those in play, in order of their numbers.
  private(set) var live: [Int] = []
  private var fresh: [Int] = []

  /// The number of the template with these tokens, added where it is new.
  mutating func add(_ tokens: [Token], _ table: TokenTable) -> Int {
    if let known = byTokens[tokens] { return known }
    let number = templates.count
    templates.append(Template(tokens, table))
    successors.append(number)
    byTokens[tokens] = number
    live.append(number)
    fresh.append(number)
    return number
  }

  /// The template in play that stands for `number` now.
  func current(_ number: Int) -> Int {
    var at = number
    while successors[at] != at { at = successors[at] }
    return at
  }

  /// Runs the phases; tells which templates went into others, in the order in which they did.
  mutating func run(_ table: TokenTable) -> [Int] {
    var gone: [Int] = []
    var rounds = 0
    round: while rounds < Self.roundLimit {
      rounds += 1
      let inPlay = live.map { templates[$0] }
      for (place, phase) in Self.phases.enumerated() {
        let bit = PhaseSet(rawValue: 1 << UInt8(place))
        let unseen = fresh.filter { templates[$0].phases.contains(bit) }
        if unseen.isEmpty { continue }
        let found = phase.changes(inPlay, fresh: unseen.compactMap { self.place(of: $0) }, table)
        for number in unseen { templates[number].phases.remove(bit) }
        if found.isEmpty { continue }
        let changes = found.map { Change(template: live[$0.template], tokens: $0.tokens) }
        apply(changes.sorted { $0.template < $1.template }, table, &gone)
        continue round
      }
      break
    }
    fresh.removeAll(keepingCapacity: true)
    return gone
  }

  /// Where a template stands among those in play, which are in order of their numbers.
  private func place(of number: Int) -> Int? {
    var low = 0
    var high = live.count
    while low < high {
      let middle = (low + high) / 2
      if live[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < live.count && live[low] == number ? low : nil
  }

  private mutating func apply(_ changes: [Change], _ table: TokenTable, _ gone: inout [Int]) {
    for change in changes { byTokens[templates[change.template].tokens] = nil }
    for change in changes {
      let target = add(change.tokens, table)
      successors[change.template] = target
      gone.append(change.template)
    }
    for change in changes { templates[change.template] = Template([], table) }
    live.removeAll { successors[$0] != $0 }
    fresh.removeAll { successors[$0] != $0 }
  }
}
