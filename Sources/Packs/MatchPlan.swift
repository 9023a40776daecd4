internal import Bytes
internal import Model
internal import PatternMatching

/// What the matcher needs of each pattern, in flat arrays: nothing here is counted by reference.
struct MatchPlan {
  struct Step {
    /// Its captures are `captures[captureStart ..< captureEnd]`.
    var captureStart: Int32
    var captureEnd: Int32
    /// What it states is `constants[constantStart ..< constantEnd]`.
    var constantStart: Int32
    var constantEnd: Int32
    /// What the pattern states; the flags tell whether it does, which is cheaper to ask.
    var category = Category.other
    var severity = Severity.unknown
    var outcome = Outcome.none
    var hasCategory = false
    var hasSeverity = false
    var hasOutcome = false
    var isChange = false
  }

  struct Capture {
    var group: Int32
    var field: FieldName
    var isNumber: Bool
    /// The capture before is of the same field.
    var isAlternative: Bool
  }

  struct Constant {
    var field: FieldName
    var kind: FieldKind
    /// Into `texts`.
    var text: Int32
  }

  private(set) var steps: [Step] = []
  private(set) var captures: [Capture] = []
  private(set) var constants: [Constant] = []
  /// What constants say, equal ones once.
  private(set) var texts: [[UInt8]] = []

  mutating func add(_ step: Step) { steps.append(step) }

  mutating func add(_ capture: Capture) { captures.append(capture) }

  mutating func add(_ constant: Constant) { constants.append(constant) }

  mutating func add(_ more: [[UInt8]]) { texts += more }

  /// The same with its fields' numbers replaced.
  func renamed(_ names: [FieldName]) -> MatchPlan {
    var other = self
    for index in captures.indices {
      other.captures[index].field = names[Int(captures[index].field.number)]
    }
    for index in constants.indices {
      other.constants[index].field = names[Int(constants[index].field.number)]
    }
    return other
  }

  init(_ patterns: [PackPattern]) {
    var known: [[UInt8]: Int32] = [:]
    for pattern in patterns {
      let start = captures.count
      for (index, capture) in pattern.captures.enumerated() {
        captures.append(
          Capture(
            group: Int32(capture.group), field: capture.field, isNumber: capture.isNumber,
            isAlternative: index > 0 && pattern.captures[index - 1].field == capture.field))
      }
      let constantStart = constants.count
      for constant in pattern.constants {
        let text = known[constant.bytes] ?? Int32(texts.count)
        if text == texts.count {
          known[constant.bytes] = text
          texts.append(constant.bytes)
        }
        constants.append(Constant(field: constant.field, kind: constant.kind, text: text))
      }
      let verdict = pattern.verdict
      steps.append(
        Step(
          captureStart: Int32(start),
          captureEnd: Int32(captures.count), constantStart: Int32(constantStart),
          constantEnd: Int32(constants.count),
          category: verdict.category ?? .other, severity: verdict.severity ?? .unknown,
          outcome: verdict.outcome ?? .none, hasCategory: verdict.category != nil,
          hasSeverity: verdict.severity != nil, hasOutcome: verdict.outcome != nil,
          isChange: verdict.change != nil))
    }
  }
}
