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
  /// When each of them ends if nothing more of it comes, in nanoseconds.
  private var ends: [UInt64: Int64] = [:]
  /// Ids of all of them.
  private(set) var ids: Set<String> = []
  private(set) var turnedAway = 0

  var isEmpty: Bool { open.isEmpty }

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
    if let before = open[key] { ids.remove(before.insight.id) }
    open[key] = OpenWatch(insight, quiet: max(window, Self.quiet), at: time, entries: entries)
    ends[key] = time &+ max(window, Self.quiet)
    ids.insert(insight.id)
  }

  /// Books an entry of one that is open, so many times.
  mutating func note(_ key: UInt64, user: String, at time: Int64, times: Int = 1) {
    guard let place = open.index(forKey: key) else { return }
    open.values[place].note(user: user, at: time, times: times)
    ends[key] = open.values[place].lastSeen &+ open.values[place].quiet
  }

  /// Ends what has been quiet; in the order of ids.
  mutating func close(_ facts: MinuteFacts) -> [Insight] {
    let now = facts.minute.end.nanoseconds
    var ended: [Insight] = []
    for key in ends.filter({ $0.value <= now }).keys {
      guard let watch = open.removeValue(forKey: key) else { continue }
      ends[key] = nil
      ids.remove(watch.insight.id)
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
