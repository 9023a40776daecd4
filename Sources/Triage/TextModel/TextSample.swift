package import Model

/// A text whose answers are known: a pack's sample, masked as an entry's message is.
package struct TextSample: Sendable {
  package var pack: String
  package var pattern: String
  /// Masked.
  package var text: [UInt8]
  /// Names of persons, hosts and things that stand in it, with blanks between: they are another sample's otherwise.
  package var names: [UInt8]
  /// What its pattern says.
  package var category: Model.Category
  package var outcome: Outcome
  package var severity: Severity

  package init(
    pack: String, pattern: String, text: [UInt8], names: [UInt8] = [],
    category: Model.Category, outcome: Outcome, severity: Severity
  ) {
    self.pack = pack
    self.pattern = pattern
    self.text = text
    self.names = names
    self.category = category
    self.outcome = outcome
    self.severity = severity
  }

  /// The right answer; nil where its pattern does not say.
  func column(_ question: TextQuestion) -> Int? {
    switch question {
    case .category: TextQuestion.column(category)
    case .outcome: TextQuestion.column(outcome)
    case .severity: severityColumn
    }
  }

  /// Where a pattern leaves the severity to the program, what it tells of is taken for well, unless it failed: else
  /// nearly all samples with a severity would be complaints, which nearly all entries are not.
  private var severityColumn: Int? {
    if let stated = TextQuestion.column(severity) { return stated }
    return outcome == .failure ? nil : TextQuestion.column(Severity.info)
  }
}
