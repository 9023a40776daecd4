/// When an exceedance is news: the first one, and after a rest that every further one prolongs.
///
/// Within the rest only what is far rarer than the last news is news again. The rest is the longer of some hours
/// and a share of the rows so far: a long series is told fewer things twice.
struct RestRule: Sendable {
  private let threshold: Double
  private let again: Double
  /// Row of the last exceedance, and the surprise of the last that was news.
  private var last: Int?
  private var told = 0.0

  init(threshold: Double, again: Double) {
    self.threshold = threshold
    self.again = again
  }

  enum Verdict: Sendable { case quiet, news, resting }

  mutating func judge(_ surprise: Double, row: Int, rest: Int) -> Verdict {
    let rests = last.map { row - $0 <= rest } ?? false
    guard surprise >= threshold else { return rests ? .resting : .quiet }
    last = row
    if rests, surprise < told + again { return .resting }
    told = surprise
    return .news
  }
}
