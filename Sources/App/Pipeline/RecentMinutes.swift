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

  /// Entries of each group in these minutes.
  func groups(from: Minute, through: Minute) -> [GroupID: (entries: Int, severity: Severity)] {
    var counts: [GroupID: (entries: Int, severity: Severity)] = [:]
    for facts in minutes where facts.minute >= from && facts.minute <= through {
      for group in facts.groups {
        let known = counts[group.group]
        counts[group.group] = (
          (known?.entries ?? 0) + group.entries, max(known?.severity ?? .unknown, group.severity)
        )
      }
    }
    return counts
  }
}
