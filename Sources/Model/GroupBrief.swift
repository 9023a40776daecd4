/// What is known of a group in a few words: for those who ask about many, and tell of few.
package struct GroupBrief: Sendable {
  /// Entries of this run, and of earlier ones that a state tells of.
  package var count: Int
  package var earlier = 0
  package var severity: Severity
  package var category: Category
  package var lastSeen: Timestamp

  package init(
    count: Int = 0, severity: Severity = .unknown, category: Category = .other,
    lastSeen: Timestamp = .unknown
  ) {
    self.count = count
    self.severity = severity
    self.category = category
    self.lastSeen = lastSeen
  }
}
