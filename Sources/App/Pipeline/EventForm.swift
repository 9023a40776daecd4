internal import Bytes
internal import Model
internal import Output

/// How a run's events are written: as JSON lines for programs, or as text for people.
enum EventForm {
  case json
  case text(TextReport)
  /// Nothing is written: what is wanted is what the run keeps.
  case none
}

/// What a person at a terminal is told: incidents, and insights of severity warning and above that
/// belong to none; alerts and the rest only when asked for more.
final class TextReport {
  private static let rememberedLimit = 2000

  private let events: EventText
  private let summary: SummaryText
  private let isVerbose: Bool
  /// Open insights, for the incidents that they turn out to belong to.
  private var open: [String: Insight] = [:]
  private var told: Set<String> = []

  init(style: TextStyle, isVerbose: Bool) {
    events = EventText(style: style)
    summary = SummaryText(style: style)
    self.isVerbose = isVerbose
  }

  /// The text of one decision.
  ///
  /// - Parameter incidentOf: the open incident that an insight belongs to.
  func text(
    insights: [Insight], incidents: [Incident], alerts: [Alert], incidentOf: (String) -> String?
  ) -> String {
    for insight in insights where insight.status == .open && open.count < Self.rememberedLimit {
      open[insight.id] = insight
    }
    var text = ""
    for incident in incidents {
      let members = incident.insights.compactMap { open[$0] }
      text += events.text(incident, insights: members)
      if incident.status == .open { told.formUnion(incident.insights) }
    }
    for insight in insights {
      let isMember = told.contains(insight.id) || incidentOf(insight.id) != nil
      // A security insight is told at its entry; its incident follows at the minute's end, and shows it.
      let isShown = insight.severity >= .warning && insight.type != .security
      if isVerbose || (!isMember && isShown) { text += events.text(insight) }
      if insight.status == .ended {
        open[insight.id] = nil
        told.remove(insight.id)
      }
    }
    if isVerbose { for alert in alerts { text += events.text(alert) } }
    return text
  }

  func text(_ run: RunSummary) -> String { summary.text(run) }
}
