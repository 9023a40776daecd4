internal import Alerting
internal import Bytes
internal import Flow
internal import Grouping
internal import Model
internal import Security
internal import Triage

/// What is told at once, behind the entry that completed it, and needs no closed minute.
extension Analysis {
  /// Watches an entry for attacks; one that says that the last came again stands for that.
  func watch(_ index: Int, of batch: Batch) -> [Insight] {
    let entry = batch.entries[index]
    if state != nil, entry.time.isKnown, !recallSecurity(at: entry.time) { return [] }
    // An entry of a partial has its own signal, also where its text was left out and it is marked like an echo.
    guard batch.echoes > 0, entry.isEcho else {
      return security.take(index, of: batch, casebook: casebook) { casebook.reference($0) }
    }
    guard !entry.flags.contains(.late), let last = casebook.run.repeatedSignal(index, of: batch)
    else { return [] }
    last.place(in: repeated, for: entry, of: batch)
    return security.take(0, of: repeated, casebook: casebook) { casebook.reference($0) }
  }

  /// Tells at once what an entry with a security signal completed.
  func tell(security opened: [Insight]) {
    unfiled += opened
    let fired = alerts.take(opened: opened)
    eventTally?.note(
      findings: [], insights: opened.map { InsightEvent(.opened, $0) }, incidents: [],
      alerts: fired)
    output.decided(
      at: clock.watermark, insights: opened, incidents: [], alerts: fired,
      incidentOf: { _ in nil })
  }

  func isGrave(_ entry: Entry) -> Bool {
    entry.flags.isDisjoint(with: .notCounted) && alerts.concerns(severity: entry.severity)
  }

  /// Tells of a grave entry that has just been counted, unless the alert of its service and group is up.
  func judge(_ entry: Entry, in batch: Batch) {
    if casebook.run.nameShapes() { follow() }
    let group = casebook.run.group(of: ShapeNumber(index: Int(entry.mask)))
    if alerts.keepsUp(at: entry.time, service: entry.service, group: group) { return }
    let fired = alerts.take(
      severity: entry.severity, at: entry.time, service: entry.service, group: group,
      message: batch.arenas.text(entry.message), casebook: casebook)
    eventTally?.note(findings: [], insights: [], incidents: [], alerts: fired)
    output.decided(
      at: clock.watermark, insights: [], incidents: [], alerts: fired, incidentOf: { _ in nil })
  }
}
