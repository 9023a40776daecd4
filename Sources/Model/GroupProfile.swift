/// What is known of a group when something is said about it.
package struct GroupProfile: Sendable {
  package var reference: GroupReference
  package var kind: GroupKind
  package var count: Int
  package var severity: Severity
  package var category: Category
  /// By how often they gave an entry of the group, most first.
  package var services: [Symbol]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var exemplars: [Exemplar]

  package init(
    reference: GroupReference, kind: GroupKind, count: Int, severity: Severity,
    category: Category, services: [Symbol], firstSeen: Timestamp, lastSeen: Timestamp,
    exemplars: [Exemplar]
  ) {
    self.reference = reference
    self.kind = kind
    self.count = count
    self.severity = severity
    self.category = category
    self.services = services
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.exemplars = exemplars
  }
}
