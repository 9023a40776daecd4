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
    var metricEvents: (any LineSink)?
  }

  private let sinks: Sinks
  private let form: EventForm
  private let redactor = Redactor()
  private let threshold: FindingSeverity?
  private var entryWriter: EntryWriter?
  private var buffer = ByteBuffer(capacity: 4096)
  private(set) var insightCount = 0
  /// Those that were told and have not ended; as many as the desk holds open.
  private var openInsights: Set<String> = []
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

  /// Whether nothing that was written has left the process.
  var canBeTakenBack: Bool {
    [sinks.main, sinks.insights, sinks.alerts, sinks.entries, sinks.metricEvents].allSatisfy {
      sink in
      guard let sink else { return true }
      return (sink as? HeldSink)?.isReleased == false
    }
  }

  /// Writes what one decision said, at the watermark at which it was made.
  ///
  /// - Parameter incidentOf: the open incident that an insight belongs to.
  func decided(
    at watermark: Timestamp, insights: [Insight], incidents: [Incident], alerts: [Alert],
    incidentOf: (String) -> String?
  ) {
    if insights.isEmpty, incidents.isEmpty, alerts.isEmpty { return }
    let insights = insights.map { decided($0, at: watermark) }.sorted {
      ($0.id, $0.status.rawValue) < ($1.id, $1.status.rawValue)
    }
    let incidents = incidents.map { decided($0, at: watermark) }.sorted {
      ($0.id, $0.status.rawValue) < ($1.id, $1.status.rawValue)
    }
    let alerts = alerts.map { decided($0, at: watermark) }.sorted { Self.rank($0) < Self.rank($1) }
    for alert in alerts where alert.status == .firing { alertCount += 1 }
    for incident in incidents where incident.status == .open {
      incidentCount += 1
      note(incident.severity)
    }
    for insight in insights {
      if insight.status == .ended {
        openInsights.remove(insight.id)
      } else if openInsights.insert(insight.id).inserted {
        insightCount += 1
      }
      if insight.status == .open { note(insight.severity) }
    }
    writeFiles(insights, incidents, alerts)
    if case .text(let report) = form {
      let text = report.text(
        insights: insights, incidents: incidents, alerts: alerts, incidentOf: incidentOf)
      write(to: sinks.main) { $0.write(text) }
    }
  }

  /// The lines of JSON: to the files that were asked for, the others to the main output.
  private func writeFiles(_ insights: [Insight], _ incidents: [Incident], _ alerts: [Alert]) {
    let isJSON = if case .json = form { true } else { false }
    if let sink = sinks.alerts ?? (isJSON ? sinks.main : nil) {
      for alert in alerts { write(to: sink) { AlertJSON.write(alert, to: &$0) } }
    }
    guard let sink = sinks.insights ?? (isJSON ? sinks.main : nil) else { return }
    for incident in incidents { write(to: sink) { IncidentJSON.write(incident, to: &$0) } }
    for insight in insights { write(to: sink) { InsightJSON.write(insight, to: &$0) } }
  }

  private func decided(_ insight: Insight, at watermark: Timestamp) -> Insight {
    var insight = redactor.redacted(insight)
    insight.decidedAt = watermark
    return insight
  }

  private func decided(_ incident: Incident, at watermark: Timestamp) -> Incident {
    var incident = redactor.redacted(incident)
    incident.decidedAt = watermark
    return incident
  }

  private func decided(_ alert: Alert, at watermark: Timestamp) -> Alert {
    var alert = redactor.redacted(alert)
    alert.decidedAt = watermark
    return alert
  }

  func entries(_ batch: Batch, _ run: Range<Int>, _ casebook: RunCasebook) {
    guard let sink = sinks.entries, let entryWriter else { return }
    buffer.removeAll()
    entryWriter.write(batch, run, casebook, to: &buffer)
    note(sink.write(buffer.span), isMain: false)
  }

  func finish(_ summary: RunSummary) {
    let summary = redactor.redacted(summary)
    write(to: sinks.main) { out in
      switch form {
      case .json: SummaryJSON.write(summary, to: &out)
      case .text(let report): out.write(report.text(summary))
      case .none: break
      }
    }
    note(sinks.main.flush(), isMain: true)
    for sink in [sinks.insights, sinks.alerts, sinks.entries] {
      if let sink { note(sink.flush(), isMain: false) }
    }
  }

  private static func rank(_ alert: Alert) -> (String, String, String) {
    (
      alert.labels["alertname"] ?? "",
      alert.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
        separator: ","),
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
