/// How the text model answered samples of packs that it had not seen, in patterns.
package struct TextModelReport: Sendable {
  package struct Row: Sendable {
    package var question: TextQuestion
    /// An answer's name; nil for all of the question.
    package var answer: String?
    /// Patterns of which it is the right answer; for all, those with one.
    package var known: Double
    /// Patterns of which it was said, and of which it was right.
    package var said: Double
    package var right: Double
    /// The same with thresholds from the other half of the packs, each half judged by the other; for all.
    package var saidByHalves: Double
    package var rightByHalves: Double
  }

  package let patterns: Int
  package let packs: Int
  package private(set) var rows: [Row] = []

  init(patterns: Int, packs: Int) {
    self.patterns = patterns
    self.packs = packs
  }

  mutating func add(
    _ question: TextQuestion, _ trials: [TextTrial], _ confidences: [TextConfidence],
    known: [Int: Int]
  ) {
    let unit = Double(TextCounts.unit)
    var all = Row(
      question: question, answer: nil, known: Double(known.values.reduce(0, +)) / unit, said: 0,
      right: 0, saidByHalves: 0, rightByHalves: 0)
    let first = rows.count
    for column in question.columns where !TextModel.isSilent(column) {
      let own = trials.filter { $0.column == column }
      let (said, right) = Self.count(own, confidences[column])
      var row = Row(
        question: question, answer: TextQuestion.name(of: column),
        known: Double(known[column] ?? 0) / unit, said: said, right: right, saidByHalves: 0,
        rightByHalves: 0)
      for half in 0..<2 {
        let (said, right) = Self.count(
          own.filter { $0.pack % 2 == half },
          TextConfidence(own.filter { $0.pack % 2 != half }))
        row.saidByHalves += said
        row.rightByHalves += right
      }
      rows.append(row)
      all.said += row.said
      all.right += row.right
      all.saidByHalves += row.saidByHalves
      all.rightByHalves += row.rightByHalves
    }
    rows.insert(all, at: first)
  }

  /// Of trials of one answer, how many patterns' worth were said, and were right.
  private static func count(
    _ trials: [TextTrial], _ confidence: TextConfidence
  ) -> (said: Double, right: Double) {
    var said = 0
    var right = 0
    for trial in trials where confidence.of(trial.strength).isSaid {
      said += trial.weight
      if trial.isRight { right += trial.weight }
    }
    return (Double(said) / Double(TextCounts.unit), Double(right) / Double(TextCounts.unit))
  }
}
