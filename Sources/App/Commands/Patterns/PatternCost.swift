internal import Packs

/// What a pattern costs: nanoseconds an attempt, and how many steps its worst text takes.
struct PatternCost {
  var index: Int
  var hits = 0
  var misses = 0
  var hitNanoseconds: Double?
  var missNanoseconds: Double?
  /// The least power of two that suffices as match limit for every text, or nil where none did.
  var steps: Int?
  var usesJIT = false

  /// Steps from which a pattern counts as one that backtracks: an honest search of a long line takes a few
  /// thousand at most.
  static let manySteps = 16_384

  var backtracks: Bool { steps.map { $0 >= Self.manySteps } ?? true }
}

/// Measures patterns on their own samples and on the messages of a stream.
struct PatternMeter {
  private let library: PackLibrary
  /// For each pattern the texts that it is tried on.
  private var texts: [[[UInt8]]]

  private static let textLimit = 200
  /// How long a pattern is tried, so that the clock's own cost does not show.
  private static let leastTime = Duration.microseconds(300)

  init(_ library: PackLibrary, messages: [[UInt8]]) {
    self.library = library
    texts = library.patterns.map { $0.samples.map { Array($0.text.utf8) } }
    var trial = PatternTrial(library)
    for message in messages {
      for index in trial.candidates(message) where texts[index].count < Self.textLimit {
        texts[index].append(message)
      }
    }
  }

  func costs() -> [PatternCost] {
    var costs = library.patterns.indices.map { PatternCost(index: $0) }
    var trial = PatternTrial(library)
    for index in costs.indices { measure(&costs[index], &trial) }
    findSteps(&costs)
    return costs
  }

  private func measure(_ cost: inout PatternCost, _ trial: inout PatternTrial) {
    var hits: [[UInt8]] = []
    var misses: [[UInt8]] = []
    for text in texts[cost.index] {
      if case .hit = trial.answer(cost.index, text) {
        hits.append(text)
      } else {
        misses.append(text)
      }
    }
    cost.usesJIT = trial.usesJIT(cost.index)
    cost.hits = hits.count
    cost.misses = misses.count
    cost.hitNanoseconds = time(cost.index, hits, &trial)
    cost.missNanoseconds = time(cost.index, misses, &trial)
  }

  /// Nanoseconds an attempt: the best of three, each long enough.
  private func time(_ index: Int, _ texts: [[UInt8]], _ trial: inout PatternTrial) -> Double? {
    guard !texts.isEmpty else { return nil }
    var rounds = 1
    var best: Double?
    for _ in 0..<3 {
      while true {
        let started = ContinuousClock.now
        _ = trial.run(index, texts, rounds: rounds)
        let spent = started.duration(to: .now)
        if spent >= Self.leastTime || rounds > 1 << 20 {
          let each = spent / .nanoseconds(1) / Double(rounds * texts.count)
          best = min(best ?? each, each)
          break
        }
        rounds *= 2
      }
    }
    return best
  }

  /// Tries ever larger match limits until none of the pattern's texts, as they are and stretched, makes it
  /// give up.
  private func findSteps(_ costs: inout [PatternCost]) {
    var open = Array(costs.indices)
    var limit = 16
    while limit <= 131_072, !open.isEmpty {
      var trial = PatternTrial(library, matchLimit: limit)
      open.removeAll { index in
        for text in texts[index] + stretched(index) {
          if case .gaveUp = trial.answer(index, text) { return false }
        }
        costs[index].steps = limit
        return true
      }
      limit *= 2
    }
  }

  /// The samples made long and wrong at their end, which is what makes a pattern with nested repetition
  /// go through all its ways.
  private func stretched(_ index: Int) -> [[UInt8]] {
    library.patterns[index].samples.filter(\.matches).prefix(2).flatMap { sample in
      let text = Array(sample.text.utf8)
      let copies = max(2, min(40, 2000 / max(text.count, 1)))
      let long = Array(repeatElement(text, count: copies).joined())
      return [long + [0x01], text + Array(repeating: text.last ?? 0x61, count: 200) + [0x01]]
    }
  }
}
