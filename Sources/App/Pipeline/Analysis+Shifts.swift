internal import Detection
internal import Grouping
internal import Model
internal import Triage

/// The closing of a minute for what sees entries: absent lines, gone and rare groups, shifted values.
extension Analysis {
  /// Adds what shifted in the minute to what its counts say.
  func closeShifts(
    _ facts: MinuteFacts, _ tally: MinuteTally, beside events: [InsightEvent]
  ) -> [InsightEvent] {
    let casebook = casebook
    guard casebook.run.seesEntries else { return events }
    // Out of the run while it asks about the run.
    var watch = ShiftWatch()
    swap(&watch, &casebook.run.shifts)
    let found = watch.close(
      facts, shapes: tally.shapes,
      ShiftWatch.Questions(
        group: { casebook.run.group(of: $0) }, template: { casebook.run.template(of: $0) },
        brief: { casebook.run.brief(of: $0, limit: $1) },
        service: { casebook.run.services(of: $0).first ?? .none },
        seed: { casebook.run.registry.seed(of: $0) }))
    swap(&watch, &casebook.run.shifts)
    return tell(found, facts, beside: events)
  }
}
