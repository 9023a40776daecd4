internal import Flow
internal import Model

/// The security insights that have not ended, by a key of rule and subject: opened once, gone on with, ended
/// when they have been quiet.
///
/// - Limits: 1,000; what would be more is counted in `turnedAway`.
struct OpenWatches: Sendable {
  private static let limit = 1000
  /// Ten minutes without a sighting end an insight, or its rule's window where that is longer.
  private static let quiet: Int64 = 600_000_000_000

  private var open: [UInt64: OpenWatch] = [:]
  private(set) var turnedAway = 0

  var isEmpty: Bool { open.isEmpty }

  /// Ids of all of them.
  var ids: Set<String> { Set(open.values.map(\.insight.id)) }

  func isOpen(_ key: UInt64) -> Bool { open[key] != nil }

  /// Whether one more may be opened; counted where not.
  mutating func hasRoom() -> Bool {
    if open.count < Self.limit { return true }
    turnedAway += 1
    return false
  }

  /// - Parameter window: of its rule, in nanoseconds.
  mutating func open(
    _ key: UInt64, _ insight: Insight, window: Int64, at time: Int64, entries: Int
  ) {
    open[key] = OpenWatch(insight, quiet: max(window, Self.quiet), at: time, entries: entries)
  }

  /// Books an entry of one that is open, so many times.
  mutating func note(_ key: UInt64, user: String, at time: Int64, times: Int = 1) {
    open[key]?.note(user: user, at: time, times: times)
  }

  /// Ends what has been quiet; in the order of ids.
  mutating func close(_ facts: MinuteFacts) -> [Insight] {
    let now = facts.minute.end.nanoseconds
    var ended: [Insight] = []
    for (key, watch) in open where watch.lastSeen &+ watch.quiet <= now {
      open[key] = nil
      var insight = watch.insight
      insight.status = .ended
      insight.decidedAt = facts.minute.end
      insight.closedByClock = facts.closedByClock
      insight.end = Timestamp(nanoseconds: watch.lastSeen)
      insight.endReason = "quiet"
      insight.attribution.removeAll { $0.field == "user.name" }
      insight.attribution += watch.attribution
      insight.summary += watch.closingWords
      ended.append(insight)
    }
    return ended.sorted { $0.id < $1.id }
  }
}
