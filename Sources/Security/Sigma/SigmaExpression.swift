internal import PatternMatching

/// What a rule asks of an entry, with its selections put in for their names.
indirect enum SigmaExpression: Sendable {
  case all([SigmaExpression])
  case any([SigmaExpression])
  case not(SigmaExpression)
  case test(SigmaTest)

  /// Every test in it, in the order in which they were written.
  var tests: [SigmaTest] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.tests)
    case .not(let part): part.tests
    case .test(let test): [test]
    }
  }

  /// How many parts it has, itself included.
  var size: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.size }
    case .not(let part): 1 + part.size
    case .test: 1
    }
  }
}

/// One comparison of one field, or of the message.
struct SigmaTest: Sendable {
  /// As the rule names it; nil for a keyword, which is looked for in the whole message.
  var field: String?
  var comparison: Comparison

  enum Comparison: Sendable {
    case text(SigmaText, ignoresCase: Bool)
    /// The field is not there, or null.
    case missing
    case exists
    case pattern(Pattern)
    case number(NumberOrder, Double)
    /// A part of the moment that the field tells.
    case moment(MomentPart, NumberOrder, Int)
    case block(AddressBlock)
    /// The text of another field.
    case field(String, SigmaPlacement, ignoresCase: Bool)
  }
}

/// Where in a field's text a value has to stand.
enum SigmaPlacement: UInt8, Sendable { case whole, start, end, anywhere }

/// How two numbers stand to each other.
enum NumberOrder: String, Sendable {
  case lt, lte, gt, gte, eq, neq

  func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .lt: left < right
    case .lte: left <= right
    case .gt: left > right
    case .gte: left >= right
    case .eq: left == right
    case .neq: left != right
    }
  }

  var sign: String {
    switch self {
    case .lt: "<"
    case .lte: "<="
    case .gt: ">"
    case .gte: ">="
    case .eq: "="
    case .neq: "!="
    }
  }
}
