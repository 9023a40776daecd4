internal import Model
internal import Sampling
internal import Triage

/// Counts what detectors found and what was told of it, for the metrics; used at the merge alone.
final class EventTally {
  private static let findings = MetricDefinition(
    "taffrail_findings_total", "What detectors said of series at closed minutes.", .counter)
  private static let insights = MetricDefinition(
    "taffrail_insights_total", "Insights that opened.", .counter)
  private static let incidents = MetricDefinition(
    "taffrail_incidents_total", "Incidents that opened, by severity at the opening.", .counter)
  private static let alerts = MetricDefinition(
    "taffrail_alerts_total", "Alerts told, firing and resolved.", .counter)

  private let registry = MetricRegistry(seriesLimit: 2000)

  /// Notes what a closed minute brought.
  func note(
    findings: [Finding], insights: [InsightEvent], incidents: [Incident], alerts: [Alert]
  ) {
    for finding in findings {
      registry.add(
        to: Self.findings, [("detector", finding.reading.name), ("kind", finding.kind.rawValue)])
    }
    for event in insights where event.change == .opened {
      registry.add(
        to: Self.insights,
        [("type", event.insight.type.rawValue), ("severity", event.insight.severity.name)])
    }
    for incident in incidents where incident.status == .open {
      registry.add(to: Self.incidents, [("severity", incident.severity.name)])
    }
    for alert in alerts {
      registry.add(
        to: Self.alerts,
        [
          ("alertname", alert.labels["alertname"] ?? ""),
          ("severity", alert.labels["severity"] ?? ""), ("status", alert.status.rawValue),
        ])
    }
  }

  var families: [MetricFamily] { registry.collect() }
}
