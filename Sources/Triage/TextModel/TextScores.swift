/// A text's score in each column, and how many words it has: what answers are told from.
///
/// Whole numbers, sixteenths of a nat: sums are the same on every machine and in any order.
struct TextScores {
  /// Parts of a nat in which weights are written: finer gains nothing, coarser rounds rare words away.
  static let unitsPerNat = 16.0

  private(set) var sums = InlineArray<15, Int32>(repeating: 0)
  var wordCount: Int32 = 0

  mutating func add(_ weight: Int32, to column: Int) { sums[column] &+= weight }

  /// The best answer to a question, the one behind it, and by how much it is better.
  struct Lead {
    var column: Int
    var second: Int
    /// The square of the lead in nats, of 256 parts, for each word: a long text has a large lead by
    /// chance alone, which grows as the root of its words.
    var strength: UInt32
  }

  func lead(_ question: TextQuestion) -> Lead {
    let columns = question.columns
    var best = columns.lowerBound
    var second = best + 1
    if sums[second] > sums[best] { swap(&best, &second) }
    for column in (columns.lowerBound + 2)..<columns.upperBound {
      if sums[column] > sums[best] {
        second = best
        best = column
      } else if sums[column] > sums[second] {
        second = column
      }
    }
    let margin = UInt64(max(0, Int64(sums[best]) - Int64(sums[second])))
    let strength = margin * margin / UInt64(max(1, wordCount))
    return Lead(column: best, second: second, strength: UInt32(clamping: strength))
  }
}
