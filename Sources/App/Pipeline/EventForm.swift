internal import Bytes
internal import Model
internal import Output

/// How events are written: for programs, or for people.
enum EventForm {
  case json
  case text(EventText)

  func write(_ insight: Insight, to out: inout ByteBuffer) {
    switch self {
    case .json: InsightJSON.write(insight, to: &out)
    case .text(let text): text.write(insight, to: &out)
    }
  }

  func write(_ incident: Incident, to out: inout ByteBuffer) {
    switch self {
    case .json: IncidentJSON.write(incident, to: &out)
    case .text(let text): text.write(incident, to: &out)
    }
  }

  func write(_ alert: Alert, to out: inout ByteBuffer) {
    switch self {
    case .json: AlertJSON.write(alert, to: &out)
    case .text(let text): text.write(alert, to: &out)
    }
  }

  func write(_ summary: RunSummary, to out: inout ByteBuffer) {
    switch self {
    case .json: SummaryJSON.write(summary, to: &out)
    case .text(let text): text.write(summary, to: &out)
    }
  }
}
