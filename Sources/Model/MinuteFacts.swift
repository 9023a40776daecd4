internal import Bytes

/// What was counted in one closed minute.
package struct MinuteFacts: Sendable {
  package struct ServiceCounts: Sendable {
    package var service: Symbol
    package var entries: Int
    package var errors: Int

    package init(service: Symbol, entries: Int, errors: Int) {
      self.service = service
      self.entries = entries
      self.errors = errors
    }
  }

  package struct GroupCounts: Sendable {
    package var group: GroupID
    package var entries: Int
    /// The worst severity that the group's entries have had.
    package var severity: Severity
    /// The category of one of its entries that had one.
    package var category: Category

    package init(
      group: GroupID, entries: Int, severity: Severity, category: Category = .other
    ) {
      self.group = group
      self.entries = entries
      self.severity = severity
      self.category = category
    }
  }

  package var minute: Minute
  package var entries: Int
  package var errors: Int
  /// Only those that had entries, in order of their symbols.
  package var services: [ServiceCounts]
  /// Only those that had entries, in order of their ids.
  package var groups: [GroupCounts]
  /// Nothing at all was read that belongs to the minute, of any source: a gap, not a zero.
  package var isGap: Bool
  /// Closed by the edge's clock, not by later entries.
  package var closedByClock: Bool

  package init(minute: Minute) {
    self.minute = minute
    entries = 0
    errors = 0
    services = []
    groups = []
    isGap = false
    closedByClock = false
  }

  /// How many entries a group had in the minute.
  package func entries(of id: GroupID) -> Int { counts(of: id)?.entries ?? 0 }

  /// The worst severity that a group of the minute has had.
  package func severity(of id: GroupID) -> Severity { counts(of: id)?.severity ?? .unknown }

  private func counts(of id: GroupID) -> GroupCounts? {
    let place = groups.lowerBound { $0.group.number < id.number }
    return place < groups.count && groups[place].group == id ? groups[place] : nil
  }

  /// Adds an entry that came when the minute was closed, so many times.
  package mutating func add(service: Symbol, group: GroupID, severity: Severity, times: Int) {
    entries += times
    let errors = severity.isError ? times : 0
    self.errors += errors
    isGap = false
    let place = services.firstIndex { $0.service.number >= service.number } ?? services.count
    if place < services.count, services[place].service == service {
      services[place].entries += times
      services[place].errors += errors
    } else {
      services.insert(
        ServiceCounts(service: service, entries: times, errors: errors), at: place)
    }
    let at = groups.firstIndex { $0.group.number >= group.number } ?? groups.count
    if at < groups.count, groups[at].group == group {
      groups[at].entries += times
      groups[at].severity = max(groups[at].severity, severity)
    } else {
      groups.insert(GroupCounts(group: group, entries: times, severity: severity), at: at)
    }
  }
}
