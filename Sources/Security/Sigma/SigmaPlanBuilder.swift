internal import PatternMatching

/// Writes conditions into the flat tables of a plan.
struct SigmaPlanBuilder {
  private(set) var nodes: [SigmaPlan.Node] = []
  private(set) var children: [Int] = []
  private(set) var tests: [SigmaPlan.Test] = []
  private(set) var bytes: [UInt8] = []
  private(set) var tokens: [UInt16] = []
  private(set) var patterns: [Pattern] = []
  private(set) var fields: [String] = []
  private(set) var fieldNumbers: [String: Int] = [:]

  mutating func field(_ name: String) -> Int {
    if let number = fieldNumbers[name] { return number }
    fieldNumbers[name] = fields.count
    fields.append(name)
    return fields.count - 1
  }

  /// The number of the condition's topmost node.
  mutating func add(_ expression: SigmaExpression) -> Int {
    switch expression {
    case .all(let parts): return add(.all, parts)
    case .any(let parts): return add(.any, parts)
    case .not(let part): return add(.not, [part])
    case .test(let test):
      tests.append(self.test(test))
      nodes.append(SigmaPlan.Node(kind: .test, first: tests.count - 1, count: 1))
      return nodes.count - 1
    }
  }

  private mutating func add(_ kind: SigmaPlan.Node.Kind, _ parts: [SigmaExpression]) -> Int {
    let numbers = parts.map { add($0) }
    nodes.append(SigmaPlan.Node(kind: kind, first: children.count, count: numbers.count))
    children += numbers
    return nodes.count - 1
  }

  private mutating func test(_ test: SigmaTest) -> SigmaPlan.Test {
    let number = test.field.map { field($0) } ?? -1
    var made = SigmaPlan.Test(kind: .missing, field: number)
    switch test.comparison {
    case .text(let text, let ignoresCase):
      made.ignoresCase = ignoresCase
      write(text, ignoresCase, to: &made)
    case .missing: break
    case .exists: made.kind = .exists
    case .pattern(let pattern):
      made.kind = .pattern
      made.other = patterns.count
      patterns.append(pattern)
    case .number(let order, let value):
      made.kind = .number
      made.order = order
      made.number = value
    case .moment(let part, let order, let value):
      made.kind = .moment
      made.part = part
      made.order = order
      made.number = Double(value)
    case .block(let block):
      made.kind = .block
      made.block = block
    case .field(let name, let placement, let ignoresCase):
      made.kind = .field
      made.other = field(name)
      made.placement = placement
      made.ignoresCase = ignoresCase
    }
    return made
  }

  /// A text with nothing but open ends is a plain search; others need their wildcards walked.
  private mutating func write(
    _ text: SigmaText, _ ignoresCase: Bool, to test: inout SigmaPlan.Test
  ) {
    let folded = text.tokens.map { token in
      token < 256 && ignoresCase ? UInt16(TextMatching.folded(UInt8(token))) : token
    }
    let opensBefore = folded.first == SigmaText.anyText
    let opensBehind = folded.count > 1 && folded.last == SigmaText.anyText
    let inner = folded.dropFirst(opensBefore ? 1 : 0).dropLast(opensBehind ? 1 : 0)
    guard inner.allSatisfy({ $0 < 256 }) else {
      test.kind = .wildcards
      test.start = tokens.count
      test.count = folded.count
      tokens += folded
      return
    }
    test.kind =
      switch (opensBefore, opensBehind) {
      case (false, false): .whole
      case (true, false): .end
      case (false, true): .start
      case (true, true): .anywhere
      }
    test.start = bytes.count
    test.count = inner.count
    bytes += inner.map { UInt8($0) }
  }
}
