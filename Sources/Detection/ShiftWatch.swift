package import Bytes
package import Model

/// The detectors that see entries, not only counts: absent lines, gone and rare groups, shifted values and statuses; and
/// that of levels, whose findings are of their kind.
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
  package private(set) var levels = LevelWatch()
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

  /// Takes a run of entries in the order of the stream, their names and masks being the merge's; those that don't count are
  /// passed over. Each watch takes them all before the next does: what it reads is at hand then.
  package mutating func see(
    _ entries: [Entry], _ run: Range<Int>, source: Int, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
    let entries = entries.span
    absences.see(entries, run, source: source)
    var wanted = InlineArray<16, UInt32>(repeating: 0)
    var count = 0
    for index in run where entries[index].isSeen {
      if entries[index].captureCount > 0 { seeStatus(entries[index], fields, arenas) }
      guard values.wants(entries[index], shape: Int(entries[index].mask)) else { continue }
      wanted[count] = UInt32(truncatingIfNeeded: index)
      count += 1
      if count == wanted.count {
        values.take(entries, wanted.span, fields, arenas)
        count = 0
      }
    }
    if count > 0 { values.take(entries, wanted.span.extracting(0..<count), fields, arenas) }
  }

  @inline(__always)
  private mutating func seeStatus(
    _ entry: borrowing Entry, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
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
    /// What is known of a group, by entries up to a limit.
    package var brief: (GroupID, Int) -> GroupBrief
    /// The service that most of a group's entries come from.
    package var service: (GroupID) -> Symbol
    /// A hash of a shape's own text.
    package var seed: (ShapeNumber) -> UInt32

    package init(
      group: @escaping (ShapeNumber) -> GroupID, template: @escaping (ShapeNumber) -> [UInt8],
      brief: @escaping (GroupID, Int) -> GroupBrief, service: @escaping (GroupID) -> Symbol,
      seed: @escaping (ShapeNumber) -> UInt32
    ) {
      self.group = group
      self.template = template
      self.brief = brief
      self.service = service
      self.seed = seed
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
        let brief = questions.brief(group, .max)
        if brief.count == 0 { return nil }
        return GoneWatch.Questions.Answer(
          group: group, service: questions.service(group), lastSeen: brief.lastSeen,
          severity: brief.severity)
      })
    found += rare.close(
      facts, shapes: shapes,
      RareWatch.Questions(
        group: questions.group, brief: questions.brief, service: questions.service))
    found += values.close(
      minute, shapes: shapes,
      ValueWatch.Questions(
        group: questions.group, template: questions.template,
        service: questions.service, seed: questions.seed))
    found += statuses.close(minute, isGap: facts.isGap)
    found += levels.close(facts)
    return found
  }

  /// Goes on with what earlier runs knew; entries that were seen since are not forgotten.
  package mutating func resume(
    absences: AbsenceWatch, gone: GoneWatch, rare: RareWatch, statuses: StatusWatch,
    levels: LevelWatch
  ) {
    self.absences.resume(absences)
    self.levels = levels
    self.gone = gone
    self.rare = rare
    self.statuses.resume(statuses)
  }

  package mutating func moved(_ merges: [(from: GroupID, to: GroupID)]) { values.moved(merges) }
}

extension Entry {
  /// Whether it counts, and when it came is known.
  @inline(__always)
  var isSeen: Bool { flags.isDisjoint(with: .notCounted) && time.isKnown }
}
