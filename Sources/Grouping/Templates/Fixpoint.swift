/// Generalises a set of templates until no phase finds anything more.
///
/// Each round takes the first phase that yields a change and applies all of its changes at once. A phase
/// looks only at families that hold a template new to it, found by an index of keys that relatives share,
/// so that adding one template to many settled ones costs little; run once over a set of shapes, the
/// result is a function of that set.
/// - Complexity: a round is a few passes over the columns of the new templates' relatives.
/// - Limits: 400 rounds; far more than was ever seen, so that no input can hang it.
struct Fixpoint {
  private static let roundLimit = 400
  private static let phases: [any Phase] = [
    HolePhase(), PairPhase(), SkeletonPhase(), CoarsePhase(), SwallowPhase(), GapPhase(),
    SpanPhase(), SubsumePhase(), ColumnsPhase(),
  ]

  /// Phases whose keys are noted: the relatives of pairs and columns are among those of `SubsumePhase`.
  private static let indexing: [any Phase] = [
    HolePhase(), SkeletonPhase(), CoarsePhase(), SwallowPhase(), GapPhase(), SpanPhase(),
    SubsumePhase(),
  ]

  /// All templates ever added, dead ones emptied of their tokens.
  private(set) var templates: [Template] = []
  /// Where a dead template went; itself for one in play.
  private var successors: [Int32] = []
  /// Those in play by their tokens' hash.
  private var byTokens = NumberTable()
  /// Those in play, in order of their numbers.
  private(set) var live: [Int] = []
  private var fresh: [Int] = []
  /// Who may be whose relative, of the templates up to `indexed`: the others wait until someone asks.
  private var kin = KinIndex()
  private var indexed = 0
  private var keys: [UInt64] = []
  /// The last search in which a template was met.
  private var marks: [UInt32] = []
  private var search: UInt32 = 0

  /// The number of the template with these tokens, added where it is new.
  mutating func add(_ tokens: [Token], _ table: TokenTable) -> Int {
    let hash = Template.hash(tokens, table)
    let known = byTokens.first(hash) {
      templates[$0].isInPlay && templates[$0].hash == hash && templates[$0].tokens == tokens
    }
    if let known { return known }
    let number = templates.count
    templates.appendTightly(Template(tokens, table))
    successors.appendTightly(Int32(number))
    marks.appendTightly(0)
    byTokens.insert(number, under: hash) {
      templates[$0].isInPlay ? templates[$0].hash : nil
    }
    live.appendTightly(number)
    fresh.append(number)
    return number
  }

  /// Brings the index of relatives up to date.
  private mutating func index(_ table: TokenTable) {
    while indexed < templates.count {
      let number = indexed
      indexed += 1
      guard templates[number].isInPlay else { continue }
      for phase in Self.indexing {
        keys.removeAll(keepingCapacity: true)
        phase.kin(of: templates[number], table, into: &keys)
        for key in keys {
          kin.insert(number, under: key, of: phase.kinship) { templates[$0].isInPlay }
        }
      }
    }
  }

  /// The template in play that stands for `number` now.
  func current(_ number: Int) -> Int {
    var at = number
    while Int(successors[at]) != at { at = Int(successors[at]) }
    return at
  }

  /// Runs the phases; tells which templates went into others, in the order in which they did.
  mutating func run(_ table: TokenTable) -> [Int] {
    var gone: [Int] = []
    var rounds = 0
    round: while rounds < Self.roundLimit {
      rounds += 1
      for (place, phase) in Self.phases.enumerated() {
        let bit = PhaseSet(rawValue: 1 << UInt16(place))
        let unseen = fresh.filter { templates[$0].phases.contains(bit) }
        if unseen.isEmpty { continue }
        for number in unseen { templates[number].phases.remove(bit) }
        let among = relatives(of: unseen, place, table)
        if among.count < 2 { continue }
        let new = unseen.filter { marks[$0] == search }
        let found = phase.changes(templates, among: among, fresh: new, table)
        if found.isEmpty { continue }
        apply(found.sorted { $0.template < $1.template }, table, &gone)
        continue round
      }
      break
    }
    fresh.removeAll(keepingCapacity: true)
    return gone
  }

  /// Those in play that may be in a family with one of `unseen`, itself included, in ascending order.
  private mutating func relatives(of unseen: [Int], _ place: Int, _ table: TokenTable) -> [Int] {
    search &+= 1
    if unseen.count * 4 >= live.count {
      for number in unseen { marks[number] = search }
      return live
    }
    index(table)
    let phase = Self.phases[place]
    keys.removeAll(keepingCapacity: true)
    for number in unseen { phase.kin(of: templates[number], table, into: &keys) }
    // Many may share a key: its relatives are asked for once.
    keys.sort()
    var found: [Int] = []
    for (order, key) in keys.enumerated() where order == 0 || keys[order - 1] != key {
      kin.forEach(key, of: phase.kinship) { other in
        guard templates[other].isInPlay else { return false }
        if marks[other] != search, phase.mayHaveKin(templates[other]) {
          marks[other] = search
          found.append(other)
        }
        return true
      }
    }
    found.sort()
    return found
  }

  private mutating func apply(_ changes: [Change], _ table: TokenTable, _ gone: inout [Int]) {
    for change in changes { templates[change.template] = .gone }
    for change in changes {
      let target = add(change.tokens, table)
      successors[change.template] = Int32(target)
      gone.append(change.template)
    }
    live.removeAll { !templates[$0].isInPlay }
    fresh.removeAll { !templates[$0].isInPlay }
  }
}
