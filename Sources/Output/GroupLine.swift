package import Model

/// A group as a table or a JSON line shows it: its profile with names instead of symbols.
package struct GroupLine: Sendable {
  package var reference: GroupReference
  package var kind: GroupKind
  package var count: Int
  /// Of the analysed entries, 0 to 1.
  package var share: Double
  package var severity: Severity
  package var category: Category
  package var services: [String]
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var exemplar: String?
  /// Of an exception: what came with it.
  package var messages: [GroupProfile.Message]

  /// - Parameter total: the analysed entries, of which the group's are a share.
  package init(_ profile: GroupProfile, total: Int, name: (Symbol) -> String) {
    reference = profile.reference
    kind = profile.kind
    count = profile.count
    share = total > 0 ? Double(profile.count) / Double(total) : 0
    severity = profile.severity
    category = profile.category
    services = profile.services.map(name).filter { !$0.isEmpty }
    firstSeen = profile.firstSeen
    lastSeen = profile.lastSeen
    messages = profile.messages
    exemplar = profile.exemplars.first?.message
  }
}
