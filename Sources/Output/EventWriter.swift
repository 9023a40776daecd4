internal import Bytes
internal import Model

/// Writes a run's events and its summary: redacted, in order, each kind to its sink.
///
/// As text, an insight is told within the block of its incident and not again by itself, and alerts of
/// severity info only where all are asked for. Kinds that go to a file are JSON lines there in any form.
/// - Limits: remembers at most 10,000 insights as told within incidents, then forgets all of them, which
///   costs a repeated line of text and nothing else.
package struct EventWriter: ~Copyable {
  package enum Form: Sendable {
    case json
    case text(TextStyle, alerts: AlertDetail)
  }

  package enum AlertDetail: Sendable { case all, warningsAndWorse }

  private static let toldLimit = 10_000

  private let form: Form
  private let output: any LineSink
  private let insights: (any LineSink)?
  private let alerts: (any LineSink)?
  private let redactor: Redactor?
  private var told = Set<String>()
  private var buffer = ByteBuffer(capacity: 16 << 10)

  /// - Parameters:
  ///   - insights: where insights go instead of `output`.
  ///   - alerts: where alerts go instead of `output`.
  package init(
    form: Form, output: any LineSink, insights: (any LineSink)? = nil,
    alerts: (any LineSink)? = nil, redactor: Redactor? = Redactor()
  ) {
    self.form = form
    self.output = output
    self.insights = insights
    self.alerts = alerts
    self.redactor = redactor
  }

  /// Writes events that were decided together; the first sink that takes no more tells its state.
  package mutating func write(_ events: [RunEvent]) -> SinkState {
    for event in events {
      if case .incident(let incident, _) = event { noteTold(incident) }
    }
    for event in RunEvent.ordered(events) {
      let state = write(event)
      if state != .open { return state }
    }
    for event in events {
      if case .incident(let incident, _) = event, incident.status == .closed {
        told.subtract(incident.insights)
      }
    }
    return .open
  }

  package mutating func write(_ summary: RunSummary) -> SinkState {
    let summary = redactor?.redacted(summary) ?? summary
    buffer.removeAll()
    switch form {
    case .json: SummaryJSON.write(summary, to: &buffer)
    case .text(let style, _): buffer.write(SummaryText(style: style).text(summary))
    }
    return output.write(buffer.span)
  }

  /// Hands on what the sinks still hold back.
  package func flush() -> SinkState {
    for sink in [insights, alerts, output] {
      if let sink {
        let state = sink.flush()
        if state != .open { return state }
      }
    }
    return .open
  }

  private mutating func write(_ event: RunEvent) -> SinkState {
    buffer.removeAll()
    switch event {
    case .alert(let found):
      let alert = redactor?.redacted(found) ?? found
      if let alerts {
        AlertJSON.write(alert, to: &buffer)
        return alerts.write(buffer.span)
      }
      switch form {
      case .json: AlertJSON.write(alert, to: &buffer)
      case .text(let style, let detail):
        guard detail == .all || alert.labels["severity"] != "info" else { return .open }
        buffer.write(EventText(style: style).text(alert))
      }
    case .incident(let found, let members):
      let incident = redactor?.redacted(found) ?? found
      switch form {
      case .json: IncidentJSON.write(incident, to: &buffer)
      case .text(let style, _):
        let shown = members.map { redactor?.redacted($0) ?? $0 }
        buffer.write(EventText(style: style).text(incident, insights: shown))
      }
    case .insight(let found):
      let insight = redactor?.redacted(found) ?? found
      if let insights {
        InsightJSON.write(insight, to: &buffer)
        return insights.write(buffer.span)
      }
      switch form {
      case .json: InsightJSON.write(insight, to: &buffer)
      case .text(let style, _):
        guard !told.contains(insight.id) else { return .open }
        buffer.write(EventText(style: style).text(insight))
      }
    }
    return output.write(buffer.span)
  }

  private mutating func noteTold(_ incident: Incident) {
    guard case .text = form else { return }
    if told.count > Self.toldLimit { told.removeAll() }
    told.formUnion(incident.insights)
  }
}
