internal import Bytes
internal import Model

/// Trains the text model on packs' samples: multinomial naive Bayes, and what its answers are worth.
///
/// Counting is all the training. What the answers are worth is found out by leaving packs out: each pack's samples
/// are answered from the counts of all others, as a program that no pack knows would be, and the shares of right
/// answers by strength become the confidences (`TextConfidence`). Rejected, as they said no more at nine in
/// ten right: ridge regression on the same words, pairs of words, word stems, parts of compound words, words of
/// program names (docs/classification.md).
///
/// The result depends on the samples alone, not on their order: counts are whole numbers, and logarithms are our own.
package struct TextTrainer {
  private let samples: [TextSample]
  /// Each sample's words, as indices into `keys`.
  private var words: [[Int]] = []
  private var weights: [Int] = []
  private var packs: [Int] = []
  private var packCount = 0
  private var keys: [UInt32] = []

  package init(_ samples: [TextSample]) {
    self.samples = samples.filter { $0.category != .other }
    let texts = SampleWords.read(self.samples)
    keys = Set(texts.joined()).sorted()
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    words = texts.map { $0.compactMap { places[$0] } }
    var perPattern: [String: Int] = [:]
    for sample in self.samples { perPattern[sample.pattern, default: 0] += 1 }
    weights = self.samples.map { max(1, TextCounts.unit / (perPattern[$0.pattern] ?? 1)) }
    let names = Set(self.samples.map(\.pack)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    packs = self.samples.map { numbers[$0.pack] ?? 0 }
    packCount = names.count
  }

  /// The model, and how it answered samples of packs that it had not seen.
  package func train() -> (model: TextModel, report: TextModelReport) {
    var content = TextModelContent(keys: keys)
    var report = TextModelReport(patterns: Set(samples.map(\.pattern)).count, packs: packCount)
    for question in TextQuestion.allCases {
      let first = question.columns.lowerBound
      var counts = TextCounts(words: keys.count, width: question.columns.count)
      for index in samples.indices { add(index, 1, question, to: &counts) }
      let divisors = counts.divisors()
      var row: [Int8] = []
      for word in keys.indices where counts.weights(of: word, divisors, into: &row) {
        for (offset, weight) in row.enumerated() {
          let place = word * TextQuestion.columnCount + first + offset
          content.weights[place] = UInt8(bitPattern: weight)
        }
      }
      for (offset, bias) in counts.biases().enumerated() { content.biases[first + offset] = bias }
      let trials = trials(question, &counts)
      for column in question.columns {
        content.confidences[column] = TextConfidence(trials.filter { $0.column == column })
      }
      report.add(question, trials, content.confidences, known: known(question))
    }
    return (TextModel(content), report)
  }

  /// The weight of the samples of each answer.
  private func known(_ question: TextQuestion) -> [Int: Int] {
    var known: [Int: Int] = [:]
    for index in samples.indices {
      guard let column = samples[index].column(question) else { continue }
      known[column, default: 0] += weights[index]
    }
    return known
  }

  private func add(
    _ index: Int, _ sign: Int, _ question: TextQuestion, to counts: inout TextCounts
  ) {
    guard let column = samples[index].column(question) else { return }
    counts.add(words[index], to: column - question.columns.lowerBound, by: sign * weights[index])
  }

  /// Answers each pack's samples from the counts of all others; `counts` are the same afterwards.
  private func trials(_ question: TextQuestion, _ counts: inout TextCounts) -> [TextTrial] {
    let first = question.columns.lowerBound
    var members: [[Int]] = Array(repeating: [], count: packCount)
    for index in samples.indices where samples[index].column(question) != nil {
      members[packs[index]].append(index)
    }
    var trials: [TextTrial] = []
    for pack in members.indices where !members[pack].isEmpty {
      for index in members[pack] { add(index, -1, question, to: &counts) }
      let divisors = counts.divisors()
      let biases = counts.biases()
      var rows: [Int: [Int8]] = [:]
      for index in members[pack] {
        var scores = TextScores()
        scores.wordCount = Int32(words[index].count)
        for (offset, bias) in biases.enumerated() { scores.add(Int32(bias), to: first + offset) }
        for word in words[index] {
          if rows[word] == nil {
            var row: [Int8] = []
            rows[word] = counts.weights(of: word, divisors, into: &row) ? row : []
          }
          for (offset, weight) in (rows[word] ?? []).enumerated() {
            scores.add(Int32(weight), to: first + offset)
          }
        }
        let lead = scores.lead(question)
        trials.append(
          TextTrial(
            column: lead.column, strength: lead.strength,
            isRight: samples[index].column(question) == lead.column, weight: weights[index],
            pack: pack))
      }
      for index in members[pack] { add(index, 1, question, to: &counts) }
    }
    return trials
  }
}
