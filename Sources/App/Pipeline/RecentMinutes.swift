internal import Model

/// The facts of the last 120 closed minutes, for questions about a stretch of time.
struct RecentMinutes: Sendable {
  private static let limit = 120
  private(set) var minutes: [MinuteFacts] = []

  /// The last minute that was closed.
  var last: Minute? { minutes.last?.minute }

  mutating func add(_ facts: MinuteFacts) {
    if minutes.count == Self.limit { minutes.removeFirst() }
    minutes.append(facts)
  }

  /// Whether a minute is among them.
  func holds(_ minute: Minute) -> Bool {
    guard let last = minutes.last?.minute, minute <= last else { return false }
    return minutes.contains { $0.minute == minute }
  }

  /// Adds an entry to its minute, so many times.
  mutating func add(_ entry: Entry, of group: GroupID, times: Int) {
    guard let at = minutes.lastIndex(where: { $0.minute == entry.time.minute }) else { return }
    minutes[at].add(
      service: entry.service, group: group, severity: entry.severity, times: times)
  }

  /// Entries in these minutes of each group that was of error severity in one of them.
  func errorGroups(from: Minute, through: Minute) -> [GroupID: Int] {
    let asked = minutes.filter { $0.minute >= from && $0.minute <= through }
    var counts: [GroupID: Int] = [:]
    for facts in asked {
      for group in facts.groups where group.severity.isError { counts[group.group] = 0 }
    }
    for id in counts.keys {
      counts[id] = asked.reduce(0) { $0 + $1.entries(of: id) }
    }
    return counts
  }
}
