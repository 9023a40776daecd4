package import Model

/// What the text model says of a masked text; where it is not sure enough, nothing.
package struct TextVerdict: Equatable, Sendable {
  /// `other` where it is silent; confidences are in percent, 0 where it is.
  package var category = Model.Category.other
  package var categoryConfidence: UInt8 = 0
  package var outcome = Outcome.none
  package var outcomeConfidence: UInt8 = 0
  package var severity = Severity.unknown
  package var severityConfidence: UInt8 = 0

  package init() {}
}

/// How the text model answers one question, said or not, and by which words: for people to read.
package struct TextReading: Sendable {
  package struct Word: Equatable, Sendable {
    package var word: String
    /// Nats by which it is for the answer rather than the one behind it; negative where it is against.
    package var weight: Double
  }

  package var question: TextQuestion
  package var answer: String
  /// The answer behind it.
  package var second: String
  /// Percent of the packs' own samples for which an answer of this strength was right.
  package var confidence: Int
  /// Whether that is enough to say it.
  package var isSaid: Bool
  /// The words that weigh most, the heaviest first.
  package var words: [Word]
}
