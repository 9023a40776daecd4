internal import Bytes
internal import Model
internal import PatternMatching

/// What the matcher needs of each pattern, in flat arrays: nothing here is counted by reference.
struct MatchPlan {
  struct Step {
    /// Its captures are `captures[captureStart ..< captureEnd]`.
    var captureStart: Int32
    var captureEnd: Int32
    /// Into `actions`, or -1.
    var action: Int32
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

  private(set) var steps: [Step] = []
  private(set) var captures: [Capture] = []
  private(set) var actions: [[UInt8]] = []

  init(_ patterns: [PackPattern]) {
    for pattern in patterns {
      let start = captures.count
      for (index, capture) in pattern.captures.enumerated() {
        captures.append(
          Capture(
            group: Int32(capture.group), field: capture.field, isNumber: capture.isNumber,
            isAlternative: index > 0 && pattern.captures[index - 1].field == capture.field))
      }
      var action = -1
      if let text = pattern.action {
        let bytes = Array(text.utf8)
        action = actions.firstIndex(of: bytes) ?? actions.count
        if action == actions.count { actions.append(bytes) }
      }
      let verdict = pattern.verdict
      steps.append(
        Step(
          captureStart: Int32(start),
          captureEnd: Int32(captures.count), action: Int32(action),
          category: verdict.category ?? .other, severity: verdict.severity ?? .unknown,
          outcome: verdict.outcome ?? .none, hasCategory: verdict.category != nil,
          hasSeverity: verdict.severity != nil, hasOutcome: verdict.outcome != nil,
          isChange: verdict.change != nil))
    }
  }
}
