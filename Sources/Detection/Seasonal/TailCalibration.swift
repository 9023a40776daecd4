internal import Bytes

/// Whether a series' own tail is as thin as the model says, and if not, by how much scores are to be held back.
///
/// Where probabilities are right, the excess of −log10 p over 2 is exponential with a mean of log10 e = 0.434. The mean
/// of what was seen (ten made-up ones of that size added, so that a few can't tell much) over 0.434 is the slope by which
/// a score's part above 2 is divided; below 1 it is taken as 1. What opened is left out.
struct TailCalibration: Sendable {
  private static let due: Float = 0.4343
  private static let trust: Float = 10
  /// A single score counts no more than this above 2.
  private static let most: Float = 4
  /// Half-life of a week, in blocks of five minutes.
  private static let keep: Float = 0.99966

  private var count: Float = 0
  private var sum: Float = 0

  init() {}

  var slope: Double {
    Double(max(1, (sum + Self.trust * Self.due) / (count + Self.trust) / Self.due))
  }

  func calibrated(_ score: Double) -> Double {
    score <= 2 ? score : 2 + (score - 2) / slope
  }

  /// Takes the largest raw score of a block of five minutes in which nothing opened.
  mutating func learn(_ score: Double) {
    count *= Self.keep
    sum *= Self.keep
    guard score > 2 else { return }
    count += 1
    sum += min(Float(score) - 2, Self.most)
  }
}

extension TailCalibration: Kept {
  mutating func carry(_ bytes: inout KeptBytes) {
    bytes.carry(&count, in: 0...KeptRange.sum)
    bytes.carry(&sum, in: 0...KeptRange.sum)
  }
}
