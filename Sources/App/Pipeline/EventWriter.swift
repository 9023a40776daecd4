internal import Bytes
internal import Flow
internal import Model
internal import Output

/// Writes what was decided, in order: insights, incidents and alerts to their sinks, entries to theirs.
///
/// Events of one decision are ordered by kind, then id; decisions come in the order of the watermark.
final class EventWriter {
  /// Where each kind goes; the same sink may stand for several.
  struct Sinks {
    var main: any LineSink
    var insights: (any LineSink)?
    var alerts: (any LineSink)?
    var entries: (any LineSink)?
  }

  private let sinks: Sinks
  private let form: EventForm
  private let redactor = Redactor()
  private let threshold: FindingSeverity?
  private var entryWriter: EntryWriter?
  private var buffer = ByteBuffer(capacity: 4096)
  private(set) var insightCount = 0
  private(set) var incidentCount = 0
  private(set) var alertCount = 0
  /// A finding at or above `--fail-on` was told.
  private(set) var hasReachedThreshold = false
  private(set) var failure: SinkFailure?
  /// The reader of the main output went away.
  private(set) var isClosed = false

  init(
    _ sinks: Sinks, form: EventForm, failOn threshold: FindingSeverity?, entries: EntryWriter?
  ) {
    self.sinks = sinks
    self.form = form
    self.threshold = threshold
    entryWriter = entries
  }

  /// Writes what one decision said.
  func decided(at watermark: Timestamp, insights: [Insight], incidents: [Incident], alerts: [Alert]) {
    for alert in alerts.sorted(by: { Self.rank($0) < Self.rank($1) }) {
      var alert = alert
      alert.decidedAt = watermark
      if alert.status == .firing { alertCount += 1 }
      write(to: sinks.alerts ?? sinks.main) { form.write(redactor.redacted(alert), to: &$0) }
    }
    for incident in incidents.sorted(by: { ($0.id, $0.status.rawValue) < ($1.id, $1.status.rawValue) }) {
      var incident = incident
      incident.decidedAt = watermark
      if incident.status == .open {
        incidentCount += 1
        note(incident.severity)
      }
      write(to: sinks.insights ?? sinks.main) { form.write(redactor.redacted(incident), to: &$0) }
    }
    for insight in insights.sorted(by: { ($0.id, $0.status.rawValue) < ($1.id, $1.status.rawValue) }) {
      var insight = insight
      insight.decidedAt = watermark
      if insight.status == .open {
        insightCount += 1
        note(insight.severity)
      }
      write(to: sinks.insights ?? sinks.main) { form.write(redactor.redacted(insight), to: &$0) }
    }
  }

  func entries(_ batch: Batch, _ run: Range<Int>, _ casebook: RunCasebook) {
    guard let sink = sinks.entries, let entryWriter else { return }
    buffer.removeAll()
    entryWriter.write(batch, run, casebook, to: &buffer)
    note(sink.write(buffer.span), isMain: false)
  }

  func finish(_ summary: RunSummary) {
    write(to: sinks.main) { form.write(redactor.redacted(summary), to: &$0) }
    note(sinks.main.flush(), isMain: true)
    for sink in [sinks.insights, sinks.alerts, sinks.entries] {
      if let sink { note(sink.flush(), isMain: false) }
    }
  }

  private static func rank(_ alert: Alert) -> (String, String, String) {
    (
      alert.labels["alertname"] ?? "",
      alert.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ","),
      alert.status.rawValue
    )
  }

  private func write(to sink: any LineSink, _ body: (inout ByteBuffer) -> Void) {
    buffer.removeAll()
    body(&buffer)
    if buffer.count > 0 { note(sink.write(buffer.span), isMain: sink === sinks.main) }
  }

  private func note(_ severity: FindingSeverity) {
    if let threshold, severity >= threshold { hasReachedThreshold = true }
  }

  private func note(_ state: SinkState, isMain: Bool) {
    switch state {
    case .open: break
    case .closed: if isMain { isClosed = true }
    case .failed(let error):
      failure = error
      if isMain { isClosed = true }
    }
  }
}
