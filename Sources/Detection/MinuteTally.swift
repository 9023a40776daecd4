package import Model

/// What was counted in one minute, by service and by shape.
package struct MinuteTally: Sendable {
  package var minute: Minute
  package var entries = 0
  package var errors = 0
  /// In order of their symbols; those beyond the limit are together under `Symbol.none`.
  package var services: [MinuteFacts.ServiceCounts] = []
  /// In order of their numbers.
  package var shapes: [(shape: ShapeNumber, entries: Int)] = []
  /// Entries of shapes beyond the limit.
  package var overflow = 0

  package init(minute: Minute) { self.minute = minute }

  /// The minute's facts, with the groups that its shapes belong to.
  package func facts(groups: [MinuteFacts.GroupCounts], closedByClock: Bool = false) -> MinuteFacts
  {
    var facts = MinuteFacts(minute: minute)
    facts.entries = entries
    facts.errors = errors
    facts.services = services
    facts.groups = groups
    facts.isGap = entries == 0
    facts.closedByClock = closedByClock
    return facts
  }
}
