package import Bytes
package import Model

/// The detectors that see entries, not only counts: absent lines, gone and rare groups, shifted values and statuses.
///
/// Each stands in a file of its own; here is what they share: one look at an entry, one closing of a minute. They need
/// entries in the order of time, within what is open: where a file's order is not that of time, they stand aside.
/// - Limits: those of its parts.
package struct ShiftWatch: Sendable {
  package private(set) var absences = AbsenceWatch()
  package private(set) var gone = GoneWatch()
  package private(set) var rare = RareWatch()
  package private(set) var values: ValueWatch
  package private(set) var statuses = StatusWatch()
  private let roles: FieldRoles

  /// One that knows no field.
  package init() {
    roles = FieldRoles()
    values = ValueWatch()
  }

  package init(_ names: FieldNames) {
    roles = FieldRoles(names)
    values = ValueWatch(roles)
  }

  /// Takes an entry in the order of the stream, its names and its shape being the merge's.
  @inline(__always)
  package mutating func see(
    _ entry: Entry, shape: Int, source: Int, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
    absences.see(entry, shape: shape, source: source)
    if entry.captureCount > 0 { seeStatus(entry, fields, arenas) }
    if values.wants(entry, shape: shape) {
      values.take(entry, shape: shape, fields, arenas)
    }
  }

  @inline(__always)
  private mutating func seeStatus(_ entry: Entry, _ fields: Span<Field>, _ arenas: ArenaPair) {
    for index in entry.captureRange where fields[index].name == roles.status {
      let text = arenas.bytes(fields[index].value)
      guard text.count == 3, text[0] &- 0x31 < 5 else { return }
      statuses.see(
        Int(text[0] &- 0x30) * 100, service: entry.service, minute: entry.time.minute)
      return
    }
  }

  /// What the watches ask of the run.
  package struct Questions {
    package var group: (ShapeNumber) -> GroupID
    package var template: (ShapeNumber) -> [UInt8]
    package var profile: (GroupID) -> GroupProfile?
    /// The service that most of a group's entries come from.
    package var service: (GroupID) -> Symbol

    package init(
      group: @escaping (ShapeNumber) -> GroupID, template: @escaping (ShapeNumber) -> [UInt8],
      profile: @escaping (GroupID) -> GroupProfile?, service: @escaping (GroupID) -> Symbol
    ) {
      self.group = group
      self.template = template
      self.profile = profile
      self.service = service
    }
  }

  package mutating func close(
    _ facts: MinuteFacts, shapes: [(shape: ShapeNumber, entries: Int)], _ questions: Questions
  ) -> [ShiftFinding] {
    let minute = facts.minute
    var found = absences.close(
      minute, shapes: shapes, AbsenceWatch.Questions(group: questions.group))
    let absences = self.absences
    found += gone.close(
      facts, shapes: shapes, isPeriodic: { absences.isPeriodic($0) },
      GoneWatch.Questions { shape in
        let group = questions.group(shape)
        return questions.profile(group).map {
          GoneWatch.Questions.Answer(
            group: group, service: $0.services.first ?? .none, lastSeen: $0.lastSeen,
            severity: $0.severity)
        }
      })
    found += rare.close(
      facts, shapes: shapes,
      RareWatch.Questions(group: questions.group, profile: questions.profile))
    found += values.close(
      minute, shapes: shapes,
      ValueWatch.Questions(
        group: questions.group, template: questions.template,
        service: questions.service))
    found += statuses.close(minute, isGap: facts.isGap)
    return found
  }

  /// Goes on with what earlier runs knew; entries that were seen since are not forgotten.
  package mutating func resume(gone: GoneWatch, rare: RareWatch, statuses: StatusWatch) {
    self.gone = gone
    self.rare = rare
    self.statuses.resume(statuses)
  }

  package mutating func moved(_ merges: [(from: GroupID, to: GroupID)]) { values.moved(merges) }
}
