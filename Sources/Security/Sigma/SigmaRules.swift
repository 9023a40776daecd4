internal import Model

/// The loaded Sigma rules and correlations, ready to be matched; immutable. Rules are numbered from 0.
package final class SigmaRules: Sendable {
  /// How a rule or a correlation goes into a correlation.
  struct Use: Sendable {
    var correlation: Int
    /// Its place among the correlation's rules.
    var step: Int
    var groupFields: [Int]
    var field: Int?
  }

  /// Correlations of correlations, at most so deep.
  static let depthLimit = 8

  let rules: [SigmaRule]
  let correlations: [SigmaCorrelation]
  let plan: SigmaPlan
  /// For each rule, whether its matches are told for themselves: not where a correlation takes them that
  /// does not say `generate`.
  let tells: [Bool]
  let uses: [[Use]]
  let correlationTells: [Bool]
  let correlationUses: [[Use]]

  package static let none = SigmaRules([], [], names: FieldNames())

  package var isEmpty: Bool { rules.isEmpty }

  /// What the rules are called, in order.
  package var names: [String] { rules.map(\.heading.detector) }

  /// Whether a rule asks about fields, which decoders then have to keep.
  package var needsFields: Bool { !plan.fields.fields.isEmpty }

  init(_ rules: [SigmaRule], _ correlations: [SigmaCorrelation], names: FieldNames) {
    self.rules = rules
    self.correlations = correlations
    let plan = SigmaPlan(rules, more: correlations.flatMap(Self.fields), names: names)
    self.plan = plan
    var tells = [Bool](repeating: true, count: rules.count)
    var uses = [[Use]](repeating: [], count: rules.count)
    var correlationTells = [Bool](repeating: true, count: correlations.count)
    var correlationUses = [[Use]](repeating: [], count: correlations.count)
    for (number, correlation) in correlations.enumerated() {
      // From the last step: an entry that two steps of an ordered correlation match is not both.
      for (step, reference) in correlation.rules.enumerated().reversed() {
        let use = Use(
          correlation: number, step: step,
          groupFields: correlation.groupBy.compactMap {
            plan.field(correlation.field($0, of: reference))
          },
          field: correlation.field.flatMap { plan.field(correlation.field($0, of: reference)) })
        for index in rules.indices where rules[index].heading.isCalled(reference) {
          uses[index].append(use)
          if !correlation.generates { tells[index] = false }
        }
        for index in correlations.indices where correlations[index].heading.isCalled(reference) {
          correlationUses[index].append(use)
          if !correlation.generates { correlationTells[index] = false }
        }
      }
    }
    self.tells = tells
    self.uses = uses
    self.correlationTells = correlationTells
    self.correlationUses = correlationUses
  }

  private static func fields(_ correlation: SigmaCorrelation) -> [String] {
    let named = correlation.groupBy + (correlation.field.map { [$0] } ?? [])
    return correlation.rules.flatMap { rule in named.map { correlation.field($0, of: rule) } }
  }
}

extension SigmaHeading {
  func isCalled(_ reference: String) -> Bool { id == reference || name == reference }
}

extension SigmaCorrelation {
  /// The field that a name means in a rule: an alias's, or itself.
  func field(_ name: String, of rule: String) -> String { aliases[name]?[rule] ?? name }
}
