internal import Bytes

/// How much more than chance a series' counts scatter about what was expected, at three spans.
///
/// For minutes, blocks of five minutes and hours, each: α = (Σ((y − m)² − m) + α₀·K) / (Σm² + K), not below 0, so that
/// the variance is m + α·m². The weights fade with a half-life of three days. K holds series of few entries at
/// α₀ (0.1, 0.02 and 0.005, which is what independent minutes would give); without it their α would be noise.
/// Entries that come in runs keep a large α at five minutes, which independent ones don't.
struct CountScatter: Sendable {
  /// Fading a block of five minutes.
  private static let keep: Float = 0.9992
  private static let keepAnHour: Float = 0.9904

  struct Span: Sendable {
    var excess: Float = 0
    var weight: Float = 0

    mutating func learn(_ count: Float, _ expected: Float) {
      let distance = count - expected
      excess += distance * distance - expected
      weight += expected * expected
    }

    mutating func learn(_ other: Span) {
      excess += other.excess
      weight += other.weight
    }

    mutating func fade(_ factor: Float) {
      excess *= factor
      weight *= factor
    }

    func alpha(_ prior: Float, _ strength: Float) -> Double {
      Double(max(0, (excess + prior * strength) / (weight + strength)))
    }
  }

  private var minutes = Span()
  private var blocks = Span()
  private var hours = Span()

  init() {}

  /// Learns a block: that of its minutes, and its own.
  mutating func learn(minutes ofMinutes: Span, block: Span) {
    minutes.fade(Self.keep)
    blocks.fade(Self.keep)
    minutes.learn(ofMinutes)
    blocks.learn(block)
  }

  mutating func learn(hour count: Float, expected: Float) {
    hours.fade(Self.keepAnHour)
    hours.learn(count, expected)
  }

  /// Excess dispersion of a sum over this many minutes.
  func excess(over span: Int) -> Double {
    let one = minutes.alpha(0.1, 500)
    let five = blocks.alpha(0.02, 200)
    switch span {
    case 1: return one
    case 2: return max(one / 2, min(five, one))
    case 5: return max(five, one / 5)
    case 15: return max(five / 3, hours.alpha(0.005, 50))
    default: return max(five / 12, hours.alpha(0.005, 50))
    }
  }

  mutating func merge(_ other: CountScatter) {
    minutes.learn(other.minutes)
    blocks.learn(other.blocks)
    hours.learn(other.hours)
  }
}

extension CountScatter: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    minutes.carry(&bytes)
    blocks.carry(&bytes)
    hours.carry(&bytes)
  }
}

extension CountScatter.Span: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&excess, in: -KeptRange.square...KeptRange.square)
    bytes.carry(&weight, in: 0...KeptRange.square)
  }
}
