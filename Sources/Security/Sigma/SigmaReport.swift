package import Model

/// What became of a rule, and what it needs that logs lack.
package struct SigmaReport: Sendable {
  package enum State: String, CaseIterable, Sendable { case loaded, refused, broken }

  package var state: State
  package var title: String
  package var id: String?
  package var file: String
  package var line: Int
  /// Its log source; empty for what was not loaded.
  package var source = ""
  package var error: ConfigurationError?
  /// Fields that none of ours stands for: only a source that has them under this name gives them.
  package var unmapped: [String] = []
  /// Fields that no entry of the input had.
  package var lacking: [String] = []
  /// Selections that the condition never names.
  package var unused: [String] = []
  /// Entries of its log source, where an input was read.
  package var entries: Int?
  package var matches: Int?
  /// Why it can't match anything.
  package var never: String?
}

extension SigmaLoader {
  /// One report a document, in the order of files.
  ///
  /// - Parameter survey: what an input had, where one was read with `matchable(names:)`'s rules.
  package func reports(names: FieldNames, survey: SigmaSurvey?) -> [SigmaReport] {
    let rules = matchable(names: names)
    return documents.map { document in
      var report = SigmaReport(
        state: .loaded, title: document.title, file: document.file, line: document.line)
      switch document.outcome {
      case .broken(let error):
        report.state = .broken
        report.error = error
      case .refused(let error):
        report.state = .refused
        report.error = error
      case .rule(let number): rules.fill(&report, rule: number, survey)
      case .correlation(let number): rules.fill(&report, correlation: number)
      }
      return report
    }
  }
}

extension SigmaRules {
  /// What listings say of each rule and correlation.
  package var headings: [(heading: SigmaHeading, what: String)] {
    rules.map { ($0.heading, $0.source.description) }
      + correlations.filter { !$0.rules.isEmpty }.map { ($0.heading, $0.kind.rawValue) }
  }

  fileprivate func fill(_ report: inout SigmaReport, rule number: Int, _ survey: SigmaSurvey?) {
    let rule = rules[number]
    report.id = rule.heading.id
    report.source = rule.source.description
    report.unused = rule.unused
    report.never = SigmaContradiction.reason(rule.condition)
    let fields = plan.fieldsOfRules[number]
    report.unmapped = fields.map { plan.fields.fields[$0] }
      .filter { !SigmaFieldTable.isMapped($0) }
    guard let survey else { return }
    report.entries = survey.entries(ofGroup: plan.groupOfRules[number])
    report.matches = survey.matches(ofRule: number)
    report.lacking = fields.filter { survey.entries(withField: $0) == 0 }
      .map { plan.fields.fields[$0] }
  }

  fileprivate func fill(_ report: inout SigmaReport, correlation number: Int) {
    let correlation = correlations[number]
    report.id = correlation.heading.id
    report.source = correlation.kind.rawValue
    report.unmapped = correlation.groupBy.filter {
      !SigmaFieldTable.isMapped($0) && correlation.aliases[$0] == nil
    }
  }
}

/// Finds conditions that nothing can meet: a field that has to be two things, or to be and not to be.
enum SigmaContradiction {
  static func reason(_ expression: SigmaExpression) -> String? {
    switch expression {
    case .test, .not: return nil
    case .any(let parts):
      if parts.isEmpty { return "it asks for nothing" }
      let reasons = parts.map(reason)
      return reasons.allSatisfy { $0 != nil } ? reasons[0] : nil
    case .all: return conflict(in: flattened(expression))
    }
  }

  private static func flattened(_ expression: SigmaExpression) -> [SigmaExpression] {
    if case .all(let parts) = expression { return parts.flatMap(flattened) }
    return [expression]
  }

  private static func conflict(in parts: [SigmaExpression]) -> String? {
    var wanted: [String: [UInt8]] = [:]
    for part in parts {
      if let reason = reason(part) { return reason }
      guard case .test(let test) = part, let field = test.field else { continue }
      if case .text(let text, let ignoresCase) = test.comparison, let bytes = text.bytes {
        let value = ignoresCase ? bytes.map(TextMatching.folded) : bytes
        if let other = wanted[field], other != value {
          let both = [other, value].map { String(decoding: $0, as: UTF8.self) }
          return "\(field) can't be both '\(both[0])' and '\(both[1])'"
        }
        wanted[field] = value
      }
    }
    for part in parts {
      guard case .not(.test(let test)) = part, let field = test.field,
        case .text(let text, let ignoresCase) = test.comparison, let bytes = text.bytes,
        wanted[field] == (ignoresCase ? bytes.map(TextMatching.folded) : bytes)
      else { continue }
      return "\(field) has to be '\(String(decoding: bytes, as: UTF8.self))' and not to be it"
    }
    return nil
  }
}
