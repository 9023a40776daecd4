/// The stretches of time in which a run has entries, apart from each other by most of a year.
///
/// They show which stamps are not to be believed: a garbled year or a clock that was never set stands years
/// away from all others, alone. A stretch is believed unless it holds at most a twentieth of the largest one's
/// entries.
/// - Limits: a stretch for each 300 days between 1677 and 2262.
package struct TimeSpans: Sendable {
  package struct Span: Equatable, Sendable {
    package var first: Minute
    package var last: Minute
    package var entries: Int
  }

  /// 300 days in minutes: a stamp whose year is wrong by one is further away; smaller would doubt archives
  /// of what is rarely used.
  private static let gap: Int64 = 300 * 24 * 60
  /// A stretch of so many times fewer entries is not believed.
  private static let share = 20

  /// In order of time.
  package private(set) var spans: [Span] = []

  package init() {}

  package mutating func add(_ minute: Minute, entries: Int) {
    guard entries > 0 else { return }
    if let last = spans.last, minute >= last.first, minute.number - last.last.number <= Self.gap {
      spans[spans.count - 1].last = max(last.last, minute)
      spans[spans.count - 1].entries += entries
      return
    }
    spans.append(Span(first: minute, last: minute, entries: entries))
    spans.sort { $0.first < $1.first }
    var merged: [Span] = []
    for span in spans {
      if let last = merged.last, span.first.number - last.last.number <= Self.gap {
        merged[merged.count - 1].last = max(last.last, span.last)
        merged[merged.count - 1].entries += span.entries
      } else {
        merged.append(span)
      }
    }
    spans = merged
  }

  package func believes(_ span: Span) -> Bool {
    span.entries * Self.share > (spans.map(\.entries).max() ?? 0)
  }

  /// Whether a minute lies in a stretch that is believed; one in which nothing was counted is not.
  package func believes(_ minute: Minute) -> Bool {
    spans.contains { $0.first <= minute && minute <= $0.last && believes($0) }
  }

  /// From the first to the last believed stretch; nil where nothing was counted.
  package var believed: (first: Minute, last: Minute)? {
    let believed = spans.filter { believes($0) }
    guard let first = believed.first, let last = believed.last else { return nil }
    return (first.first, last.last)
  }

  /// Entries in stretches that are not believed.
  package var doubted: Int { spans.reduce(0) { $0 + (believes($1) ? 0 : $1.entries) } }
}
