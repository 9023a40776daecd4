package import Model

/// Something that a run tells while it goes on.
package enum RunEvent: Sendable {
  case alert(Alert)
  /// With its insights as they are known then, the leading one first.
  case incident(Incident, insights: [Insight])
  case insight(Insight)

  package var decidedAt: Timestamp {
    switch self {
    case .alert(let alert): alert.decidedAt
    case .incident(let incident, _): incident.decidedAt
    case .insight(let insight): insight.decidedAt
    }
  }

  /// In the order of CONTRACT section 7: by when it was decided, then by kind, then by id.
  package static func ordered(_ events: [RunEvent]) -> [RunEvent] {
    let keyed = events.enumerated().map { (key: $1.key, order: $0, event: $1) }
    return keyed.sorted { ($0.key, $0.order) < ($1.key, $1.order) }.map(\.event)
  }

  private struct Key: Comparable {
    let decidedAt: Timestamp
    let kind: Int
    let id: String

    static func < (left: Key, right: Key) -> Bool {
      (left.decidedAt, left.kind, left.id) < (right.decidedAt, right.kind, right.id)
    }
  }

  private var key: Key {
    switch self {
    case .alert(let alert):
      Key(decidedAt: alert.decidedAt, kind: 0, id: AlertJSON.fingerprint(alert.labels))
    case .incident(let incident, _):
      Key(decidedAt: incident.decidedAt, kind: 1, id: incident.id)
    case .insight(let insight): Key(decidedAt: insight.decidedAt, kind: 2, id: insight.id)
    }
  }
}
