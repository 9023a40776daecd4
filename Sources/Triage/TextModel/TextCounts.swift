/// How often each word stands in the samples of each answer, in whole parts of a pattern.
///
/// A pattern counts once, however many samples it has: they share its weight. Whole numbers, so that a pack
/// can be taken out again exactly.
struct TextCounts {
  /// Parts of a pattern: divisible by every number of samples up to 10, and 12.
  static let unit = 2520
  /// Patterns added to each word of each answer: with less, words seen once decide; with more, nothing does.
  /// 0.1 to 0.5 were tried.
  static let prior = 0.3

  /// By word and answer.
  private(set) var words: [Int32]
  /// By answer: the weight of its samples, and of the words in them.
  private(set) var samples: [Int]
  private(set) var totals: [Int]
  /// Words that stand in any sample.
  private(set) var vocabulary = 0
  let width: Int

  init(words: Int, width: Int) {
    self.words = Array(repeating: 0, count: words * width)
    samples = Array(repeating: 0, count: width)
    totals = Array(repeating: 0, count: width)
    self.width = width
  }

  /// Takes a sample in (`by` its weight) or out again (by its negative weight).
  mutating func add(_ indices: [Int], to answer: Int, by weight: Int) {
    samples[answer] += weight
    totals[answer] += weight * indices.count
    for index in indices {
      let was = isKnown(index)
      words[index * width + answer] += Int32(weight)
      let isNow = isKnown(index)
      if was != isNow { vocabulary += isNow ? 1 : -1 }
    }
  }

  private func isKnown(_ index: Int) -> Bool {
    for answer in 0..<width where words[index * width + answer] != 0 { return true }
    return false
  }

  /// Of each answer, the logarithm of what its words' counts are divided by.
  func divisors() -> [Double] {
    let prior = Self.prior * Double(Self.unit)
    return totals.map { naturalLogarithm(Double($0) + prior * Double(max(1, vocabulary))) }
  }

  /// A word's weight for each answer against their mean, in `TextScores`' units; nil for a word that no sample
  /// has, or one of which nothing is known.
  func weights(of index: Int, _ divisors: [Double], into out: inout [Int8]) -> Bool {
    guard isKnown(index) else { return false }
    let prior = Self.prior * Double(Self.unit)
    var logs: [Double] = []
    for answer in 0..<width {
      let count = Double(words[index * width + answer])
      logs.append(naturalLogarithm(count + prior) - divisors[answer])
    }
    let mean = logs.reduce(0, +) / Double(width)
    out.removeAll(keepingCapacity: true)
    for log in logs { out.append(Self.quantised(log - mean)) }
    return true
  }

  /// How frequent each answer is, as weights are.
  func biases() -> [Int16] {
    let logs = samples.map { naturalLogarithm(Double($0 + 1)) }
    let mean = logs.reduce(0, +) / Double(width)
    return logs.map { Int16(((($0) - mean) * TextScores.unitsPerNat).rounded()) }
  }

  private static func quantised(_ weight: Double) -> Int8 {
    Int8(max(-127, min(127, (weight * TextScores.unitsPerNat).rounded())))
  }
}
