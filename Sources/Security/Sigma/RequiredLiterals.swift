/// Which literals of a rule one must stand in an entry for it to match: what `LiteralFinder` looks for.
///
/// Of an `and` the best part's, of an `or` all parts'. What a `not`, a number, a regular expression or a
/// missing field asks gives none; a rule without any is asked for each entry of its source.
enum RequiredLiterals {
  /// More in one rule slow every entry for it.
  private static let countLimit = 512
  /// Fields whose values most records of their kind share.
  private static let common: Set<String> = ["type", "syscall", "nametype", "arch", "success"]

  /// - Parameter isText: whether a field's values stand in the entry's bytes.
  static func literals(
    of expression: SigmaExpression, isText: (String) -> Bool
  ) -> [[UInt8]]? {
    choice(expression, isText)?.literals
  }

  private struct Choice {
    var literals: [[UInt8]]
    var isCommon: Bool

    /// The shortest literal's length, up to where more make no difference; less where all records have it.
    var worth: Int {
      let length = min(literals.map(\.count).min() ?? 0, 8)
      return isCommon ? length - 6 : length
    }
  }

  private static func choice(
    _ expression: SigmaExpression, _ isText: (String) -> Bool
  ) -> Choice? {
    switch expression {
    case .test(let test): return choice(test, isText)
    case .not: return nil
    case .all(let parts):
      let choices = parts.compactMap { choice($0, isText) }
      return choices.max {
        ($0.worth, -$0.literals.count) < ($1.worth, -$1.literals.count)
      }
    case .any(let parts):
      if parts.isEmpty { return nil }
      var all = Choice(literals: [], isCommon: false)
      for part in parts {
        guard let choice = choice(part, isText) else { return nil }
        all.literals += choice.literals
        all.isCommon = all.isCommon || choice.isCommon
        if all.literals.count > countLimit { return nil }
      }
      return all
    }
  }

  private static func choice(_ test: SigmaTest, _ isText: (String) -> Bool) -> Choice? {
    guard case .text(let text, _) = test.comparison else { return nil }
    if let field = test.field, !isText(field) { return nil }
    let run = text.longestRun.map { TextMatching.folded($0) }
    guard run.count >= LiteralFinder.shortest else { return nil }
    let isCommon = test.field.map { common.contains($0.lowercased()) } ?? false
    return Choice(literals: [run], isCommon: isCommon)
  }
}
