internal import Bytes
internal import Model
internal import PatternMatching

/// The rules as flat tables that workers match with: nodes of conditions, tests, literals by log source.
///
/// Immutable, shared by all workers.
final class SigmaPlan: Sendable {
  struct Node: Sendable {
    enum Kind: UInt8, Sendable { case all, any, not, test }
    var kind: Kind
    /// Of its children in `children`, or of its test.
    var first: Int
    var count: Int
  }

  struct Test: Sendable {
    enum Kind: UInt8, Sendable {
      case whole, start, end, anywhere, wildcards, missing, exists, pattern, number, moment, block
      case field
    }
    var kind: Kind
    /// -1 for the message.
    var field: Int
    var ignoresCase = false
    /// Of its value in `bytes` or `tokens`.
    var start = 0
    var count = 0
    var number = 0.0
    var order = NumberOrder.eq
    /// Another field, or a pattern.
    var other = 0
    var placement = SigmaPlacement.whole
    var part = MomentPart.minute
    var block: AddressBlock?
  }

  /// The rules of one log source.
  struct Group: Sendable {
    let traits: LogTraits
    /// By number.
    let rules: [UInt16]
    let finder: LiteralFinder
    /// Those that no literal announces.
    let free: [UInt16]
    /// Its literals may stand in fields, not only in the message.
    let looksIntoFields: Bool
  }

  /// For each rule its topmost node.
  let roots: [Int]
  let nodes: [Node]
  let children: [Int]
  let tests: [Test]
  let bytes: [UInt8]
  let tokens: [UInt16]
  let patterns: [Pattern]
  let groups: [Group]
  let fields: SigmaFieldReader
  let sources: LogSources
  /// For each rule the fields that it asks about, by number.
  let fieldsOfRules: [[Int]]
  /// For each rule its group's index.
  let groupOfRules: [Int]

  /// - Parameter more: fields that correlations use.
  init(_ rules: [SigmaRule], more: [String], names: FieldNames) {
    var builder = SigmaPlanBuilder()
    roots = rules.map { builder.add($0.condition) }
    for field in more { _ = builder.field(field) }
    fieldsOfRules = rules.map { rule in
      var used: [Int] = []
      for test in rule.condition.tests {
        for name in [test.field, test.otherField].compactMap(\.self) {
          let number = builder.field(name)
          if !used.contains(number) { used.append(number) }
        }
      }
      return used
    }
    nodes = builder.nodes
    children = builder.children
    tests = builder.tests
    bytes = builder.bytes
    tokens = builder.tokens
    patterns = builder.patterns
    let fields = SigmaFieldReader(builder.fields, names: names)
    self.fields = fields
    var sources = LogSources()
    let numbers = builder.fieldNumbers
    (groups, groupOfRules) = Self.grouped(rules, &sources) { name in
      numbers[name].map { fields.isText($0) } ?? false
    }
    self.sources = sources
  }

  func field(_ name: String) -> Int? { fields.fields.firstIndex(of: name) }

  private static func grouped(
    _ rules: [SigmaRule], _ sources: inout LogSources, isText: (String) -> Bool
  ) -> ([Group], [Int]) {
    var traits: [LogTraits] = []
    var members: [[UInt16]] = []
    var groupOfRules: [Int] = []
    for (number, rule) in rules.enumerated() {
      let needed = sources.traits(of: rule.source) ?? LogTraits()
      let place = traits.firstIndex(of: needed) ?? traits.count
      if place == traits.count {
        traits.append(needed)
        members.append([])
      }
      members[place].append(UInt16(number))
      groupOfRules.append(place)
    }
    let groups = traits.indices.map { place in
      var literals: [(bytes: [UInt8], owner: UInt16)] = []
      var free: [UInt16] = []
      var looksIntoFields = false
      for number in members[place] {
        let rule = rules[Int(number)]
        guard let found = RequiredLiterals.literals(of: rule.condition, isText: isText) else {
          free.append(number)
          continue
        }
        literals += found.map { ($0, number) }
        if rule.condition.tests.contains(where: { $0.field != nil }) { looksIntoFields = true }
      }
      return Group(
        traits: traits[place], rules: members[place], finder: LiteralFinder(literals), free: free,
        looksIntoFields: looksIntoFields)
    }
    return (groups, groupOfRules)
  }
}

extension SigmaTest {
  /// The field that it is compared with.
  var otherField: String? {
    if case .field(let name, _, _) = comparison { name } else { nil }
  }
}
