/// How often one answer was right, by its strength: steps from the strongest down, and how far it is said.
///
/// - Invariant: thresholds and percents fall from step to step; `spoken <= steps.count`.
struct TextConfidence: Equatable, Sendable {
  struct Step: Equatable, Sendable {
    /// Strengths from here on.
    var from: UInt32
    var percent: UInt8
  }

  /// Percent: what is said was right so often at least, at every strength at which it is said: the average over all that is
  /// said would not do, as entries that no pattern knows are weaker on average than samples.
  static let target = 90
  /// Patterns' worth of samples that a step holds at least: fewer would tell its share by chance, more would
  /// leave the rare answers without a step.
  static let stepWeight = 20
  static let stepLimit = 32

  var steps: [Step] = []
  /// So many of the first steps are said.
  var spoken = 0

  /// A percentage, and whether it is enough; 0 for answers weaker than any that were seen.
  func of(_ strength: UInt32) -> (percent: UInt8, isSaid: Bool) {
    for index in steps.indices where strength >= steps[index].from {
      return (steps[index].percent, index < spoken)
    }
    return (0, false)
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

/// Trials of neighbouring strengths, counted together.
private struct Pool {
  var from: UInt32
  var right: Int
  var weight: Int

  mutating func take(_ weaker: Pool) {
    from = weaker.from
    right += weaker.right
    weight += weaker.weight
  }

  /// Whether the share of right ones is at least another's.
  func isAsGood(as other: Pool) -> Bool { right * other.weight >= other.right * weight }
}

/// Takes the last pool into the one before while it is as good.
private func pool(_ pools: inout [Pool]) {
  while pools.count > 1, pools[pools.count - 1].isAsGood(as: pools[pools.count - 2]) {
    let last = pools.removeLast()
    pools[pools.count - 1].take(last)
  }
}

extension TextConfidence {
  /// From trials of one answer: strengths in steps of equal weight, neighbours pooled until the share of right
  /// ones falls with strength (isotonic regression), one right and one wrong pattern added to each, so
  /// that little evidence is never certainty.
  init(_ trials: [TextTrial]) {
    var pools: [Pool] = []
    var open: Pool?
    let sorted = trials.sorted { $0.strength > $1.strength }
    for (index, trial) in sorted.enumerated() {
      var step = open ?? Pool(from: trial.strength, right: 0, weight: 0)
      step.from = trial.strength
      step.weight += trial.weight
      if trial.isRight { step.right += trial.weight }
      open = step
      // Equal strengths stay together: their order means nothing.
      let isLast = index + 1 == sorted.count
      if !isLast, sorted[index + 1].strength == trial.strength { continue }
      guard step.weight >= Self.stepWeight * TextCounts.unit else { continue }
      pools.append(step)
      open = nil
      pool(&pools)
    }
    // What is left for no step of its own belongs to the last one.
    if let rest = open {
      pools.append(rest)
      pool(&pools)
      if pools.count > 1, let last = pools.last, last.weight < Self.stepWeight * TextCounts.unit {
        pools.removeLast()
        pools[pools.count - 1].take(last)
      }
    }
    for (index, pool) in pools.prefix(Self.stepLimit).enumerated() {
      let percent = 100 * (pool.right + TextCounts.unit) / (pool.weight + 2 * TextCounts.unit)
      let isEnough = pool.weight >= Self.stepWeight * TextCounts.unit
      if percent >= Self.target, isEnough, spoken == index { spoken = index + 1 }
      steps.append(Step(from: pool.from, percent: UInt8(percent)))
    }
  }
}
