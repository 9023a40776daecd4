/// How often one answer was right, by its strength: steps from the strongest down, and how far it is said.
///
/// - Invariant: thresholds and percents fall from step to step; `spoken <= steps.count`.
struct TextConfidence: Equatable, Sendable {
  struct Step: Equatable, Sendable {
    /// Strengths from here on.
    var from: UInt32
    var percent: UInt8
  }

  /// What is said was right so often at least, at every strength at which it is said: the average over all that is
  /// said would not do, as entries that no pattern knows are weaker on average than samples.
  static let target = 0.9
  /// Patterns' worth of samples that a step holds at least: fewer would tell its share by chance, more would
  /// leave the rare answers without a step.
  static let stepWeight = 20
  static let stepLimit = 32

  var steps: [Step] = []
  /// So many of the first steps are said.
  var spoken = 0

  /// A percentage, and whether it is enough; weaker answers than any that were seen have the last step's.
  func of(_ strength: UInt32) -> (percent: UInt8, isSaid: Bool) {
    for index in steps.indices where strength >= steps[index].from {
      return (steps[index].percent, index < spoken)
    }
    return (steps.last?.percent ?? 0, false)
  }
}

/// An answer that was given to a sample by a model that had not seen its pack.
struct TextTrial {
  var column: Int
  var strength: UInt32
  var isRight: Bool
  /// The sample's share of its pattern, of `TextCounts.unit` parts.
  var weight: Int
  var pack: Int
}

extension TextConfidence {
  /// From trials of one answer: strengths in steps of equal weight, neighbours pooled until the share of right
  /// ones falls with strength (isotonic regression), one right and one wrong pattern added to each, so
  /// that little evidence is never certainty.
  init(_ trials: [TextTrial]) {
    struct Pool {
      var from: UInt32
      var right: Int
      var weight: Int
      var share: Double { Double(right) / Double(max(1, weight)) }
    }
    var pools: [Pool] = []
    var open: Pool?
    let sorted = trials.sorted { $0.strength > $1.strength }
    for (index, trial) in sorted.enumerated() {
      var pool = open ?? Pool(from: trial.strength, right: 0, weight: 0)
      pool.from = trial.strength
      pool.weight += trial.weight
      if trial.isRight { pool.right += trial.weight }
      open = pool
      // Equal strengths stay together: their order means nothing.
      let isLast = index + 1 == sorted.count
      if !isLast, sorted[index + 1].strength == trial.strength { continue }
      guard pool.weight >= Self.stepWeight * TextCounts.unit else { continue }
      pools.append(pool)
      open = nil
      while pools.count > 1, pools[pools.count - 1].share >= pools[pools.count - 2].share {
        let last = pools.removeLast()
        pools[pools.count - 1].from = last.from
        pools[pools.count - 1].right += last.right
        pools[pools.count - 1].weight += last.weight
      }
    }
    if let rest = open { pools.append(rest) }
    for (index, pool) in pools.prefix(Self.stepLimit).enumerated() {
      let share =
        Double(pool.right + TextCounts.unit) / Double(pool.weight + 2 * TextCounts.unit)
      if share >= Self.target, spoken == index { spoken = index + 1 }
      steps.append(Step(from: pool.from, percent: UInt8((100 * share).rounded(.down))))
    }
  }
}
