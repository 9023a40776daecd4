internal import Bytes
internal import Model

/// What a text model is made of, before it is laid out in bytes.
struct TextModelContent: Sendable {
  /// Ascending.
  var keys: [UInt32]
  /// By word and column; bit patterns of `Int8`.
  var weights: [UInt8]
  var biases: [Int16]
  /// By column.
  var confidences: [TextConfidence]

  init(keys: [UInt32]) {
    self.keys = keys
    weights = Array(repeating: 0, count: keys.count * TextQuestion.columnCount)
    biases = Array(repeating: 0, count: TextQuestion.columnCount)
    confidences = Array(repeating: TextConfidence(), count: TextQuestion.columnCount)
  }
}

/// Tells category, outcome and severity of masked texts by their words; immutable, one for all workers.
///
/// Naive Bayes in whole numbers: an answer's score is its bias and the sum of its words' weights. The answer with
/// the highest score is given; it is said where its lead over the second is as large as that of answers
/// of which nine in ten were right (`TextTrainer`).
/// - Cost: a bisection and 15 additions a word, some microseconds a text; asked once for each masked text.
package final class TextModel: Sendable {
  private let content: TextModelContent

  init(_ content: TextModelContent) { self.content = content }

  var parts: TextModelContent { content }

  /// Whether an answer is never said: that a text tells of no outcome, or of nothing bad.
  static func isSilent(_ column: Int) -> Bool {
    column == TextQuestion.column(Outcome.none) || column == TextQuestion.column(Severity.info)
  }

  /// What is to be said of a text.
  func verdict(_ words: DistinctWords) -> TextVerdict {
    var verdict = TextVerdict()
    let scores = scores(words)
    if let (column, percent) = said(.category, scores) {
      verdict.category = TextQuestion.category(column)
      verdict.categoryConfidence = percent
    }
    if let (column, percent) = said(.outcome, scores) {
      verdict.outcome = TextQuestion.outcome(column)
      verdict.outcomeConfidence = percent
    }
    if let (column, percent) = said(.severity, scores) {
      verdict.severity = TextQuestion.severity(column)
      verdict.severityConfidence = percent
    }
    return verdict
  }

  /// How each question is answered, and by which words.
  package func readings(_ text: [UInt8], wordLimit: Int = 6) -> [TextReading] {
    var words = DistinctWords()
    words.read(text.span)
    let scores = scores(words)
    return TextQuestion.allCases.map { question in
      let lead = scores.lead(question)
      let confidence = content.confidences[lead.column].of(lead.strength)
      var weighed: [TextReading.Word] = []
      for (key, range) in zip(words.keys, words.ranges) {
        guard let place = place(of: key) else { continue }
        let weight = weight(place, lead.column) - weight(place, lead.second)
        if weight == 0 { continue }
        weighed.append(
          TextReading.Word(
            word: String(decoding: text[range], as: UTF8.self),
            weight: Double(weight) / TextScores.unitsPerNat))
      }
      weighed.sort { (abs($0.weight), $1.word) > (abs($1.weight), $0.word) }
      return TextReading(
        question: question, answer: TextQuestion.name(of: lead.column),
        second: TextQuestion.name(of: lead.second), confidence: Int(confidence.percent),
        isSaid: confidence.isSaid && !Self.isSilent(lead.column),
        words: Array(weighed.prefix(wordLimit)))
    }
  }

  private func said(_ question: TextQuestion, _ scores: TextScores) -> (Int, UInt8)? {
    let lead = scores.lead(question)
    let confidence = content.confidences[lead.column].of(lead.strength)
    return confidence.isSaid && !Self.isSilent(lead.column)
      ? (lead.column, confidence.percent) : nil
  }

  private func scores(_ words: DistinctWords) -> TextScores {
    var scores = TextScores()
    scores.wordCount = Int32(words.keys.count)
    for column in 0..<TextQuestion.columnCount {
      scores.add(Int32(content.biases[column]), to: column)
    }
    for key in words.keys {
      guard let place = place(of: key) else { continue }
      for column in 0..<TextQuestion.columnCount {
        scores.add(weight(place, column), to: column)
      }
    }
    return scores
  }

  private func weight(_ place: Int, _ column: Int) -> Int32 {
    Int32(Int8(bitPattern: content.weights[place * TextQuestion.columnCount + column]))
  }

  private func place(of key: UInt32) -> Int? {
    let place = content.keys.lowerBound { $0 < key }
    return place < content.keys.count && content.keys[place] == key ? place : nil
  }
}
