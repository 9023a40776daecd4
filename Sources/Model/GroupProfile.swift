/// What is known of a group when something is said about it.
package struct GroupProfile: Sendable {
  package var reference: GroupReference
  package var kind: GroupKind
  /// Entries of this run, and of earlier ones that a state tells of.
  package var count: Int
  package var earlier = 0
  package var severity: Severity
  package var category: Category
  /// By how often they gave an entry of the group, most first.
  package var services: [Symbol]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var exemplars: [Exemplar]
  /// Of an exception: the templates of the messages that came with it, most entries first.
  package var messages: [Message] = []

  /// The second level of an exception's group.
  package struct Message: Equatable, Sendable {
    package var template: String
    package var count: Int

    package init(template: String, count: Int) {
      self.template = template
      self.count = count
    }
  }

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
