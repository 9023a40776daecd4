internal import Bytes

/// How grave a finding is; an order of its own, apart from the entries' `Severity`.
package enum FindingSeverity: Int, Comparable, CaseIterable, Sendable {
  case info, warning, error, critical

  package var name: String { String(describing: self) }

  package static func < (left: FindingSeverity, right: FindingSeverity) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What kind of finding an insight is (`type` in the output).
package enum InsightType: String, CaseIterable, Sendable {
  case spike, drop, absence, performance, security, business
  case newGroup = "new_group"
  case rareGroup = "rare_group"
  case goneGroup = "gone_group"
  case tokenShift = "token_shift"
  case numericShift = "numeric_shift"
  case statusShift = "status_shift"
  case changePoint = "change_point"
  case crashLoop = "crash_loop"
  case sessionAnomaly = "session_anomaly"
}

/// Something that is wrong, told once when it opens and once when it ends.
package struct Insight: Sendable {
  package enum Status: String, Sendable { case open, ended }

  package var id: String
  package var status: Status
  package var type: InsightType
  package var category: Category
  package var severity: FindingSeverity
  /// Event time to which the finding belongs.
  package var at: Timestamp
  /// Watermark at which it was decided.
  package var decidedAt: Timestamp
  package var start: Timestamp
  package var end: Timestamp?
  package var title: String
  package var summary: String
  package var group: GroupReference?
  package var service: String?
  package var host: String?
  package var detector: DetectorReading?
  package var precededBy: [PrecedingEntry]
  package var exemplars: [Exemplar]
  package var reproduce: String?
  package var closedByClock: Bool
  /// Why an ended finding ended, as in `new_level`.
  package var endReason: String?
  /// Hashes of the correlation ids of its exemplars: what may join it to others.
  package var contexts: [UInt64]
  /// The values that its entries share or have most.
  package var attribution: [Attribution] = []
  /// MITRE ATT&CK techniques as Sigma writes them, `attack.t1110.001`.
  package var tags: [String] = []

  package init(
    id: String, status: Status = .open, type: InsightType, category: Category,
    severity: FindingSeverity, at: Timestamp, decidedAt: Timestamp, start: Timestamp,
    title: String, summary: String
  ) {
    self.id = id
    self.status = status
    self.type = type
    self.category = category
    self.severity = severity
    self.at = at
    self.decidedAt = decidedAt
    self.start = start
    self.title = title
    self.summary = summary
    precededBy = []
    exemplars = []
    closedByClock = false
    contexts = []
  }
}

extension Insight {
  /// An insight's id. Names, not symbols: equal on every machine and at any number of workers.
  package static func id(
    _ type: InsightType, subject: String, group: GroupID?, _ start: Timestamp
  ) -> String {
    let text =
      "\(type.rawValue)\u{1f}\(subject)\u{1f}\(group?.description ?? "")\u{1f}\(start.nanoseconds)"
    return StableHash(Array(text.utf8).span).hex
  }
}

/// A field's value among the entries of an insight.
package struct Attribution: Equatable, Sendable {
  package var field: String
  package var value: String
  /// Entries, or distinct values where it stands for more than it shows.
  package var count: Int
  /// What the count would be if all were as it was.
  package var baseline: Double?

  package init(field: String, value: String, count: Int, baseline: Double? = nil) {
    self.field = field
    self.value = value
    self.count = count
    self.baseline = baseline
  }
}

/// A group as an event names it.
package struct GroupReference: Hashable, Sendable {
  package var id: GroupID
  package var template: String

  package init(id: GroupID, template: String) {
    self.id = id
    self.template = template
  }
}

/// What a detector saw: the evidence behind a finding.
package struct DetectorReading: Sendable {
  package var name: String
  package var actual: Double
  package var typical: Double
  package var lower: Double?
  package var upper: Double?
  package var score: Double?
  package var probability: Double?
  package var count: Int
  package var unit: String
  /// Minutes that `actual` and `typical` span.
  package var minutes: Int

  package init(
    name: String, actual: Double, typical: Double, lower: Double? = nil, upper: Double? = nil,
    score: Double? = nil, probability: Double? = nil, count: Int, unit: String, minutes: Int = 1
  ) {
    self.name = name
    self.actual = actual
    self.typical = typical
    self.lower = lower
    self.upper = upper
    self.score = score
    self.probability = probability
    self.count = count
    self.unit = unit
    self.minutes = minutes
  }
}

/// An entry that came shortly before a finding in the same context.
package struct PrecedingEntry: Sendable {
  package var at: Timestamp
  package var group: GroupReference
  package var service: String?
  package var lagSeconds: Double

  package init(at: Timestamp, group: GroupReference, service: String?, lagSeconds: Double) {
    self.at = at
    self.group = group
    self.service = service
    self.lagSeconds = lagSeconds
  }
}

/// An entry kept as an example: its words and where its bytes are (`path:line` or a cursor).
package struct Exemplar: Sendable {
  package var at: Timestamp
  package var message: String
  package var reference: String

  package init(at: Timestamp, message: String, reference: String) {
    self.at = at
    self.message = message
    self.reference = reference
  }
}

/// Insights that belong together: one fault, one notification.
package struct Incident: Sendable {
  package enum Status: String, Sendable { case open, closed }

  package struct Suspect: Sendable {
    package var service: String?
    package var group: GroupReference?
    package var score: Double
    package var why: String

    package init(service: String?, group: GroupReference?, score: Double, why: String) {
      self.service = service
      self.group = group
      self.score = score
      self.why = why
    }
  }

  package var id: String
  package var status: Status
  package var severity: FindingSeverity
  package var startsAt: Timestamp
  package var endsAt: Timestamp?
  package var decidedAt: Timestamp
  package var title: String
  package var insights: [String]
  package var services: [String]
  package var suspects: [Suspect]

  package init(
    id: String, status: Status, severity: FindingSeverity, startsAt: Timestamp,
    endsAt: Timestamp?, decidedAt: Timestamp, title: String, insights: [String],
    services: [String], suspects: [Suspect]
  ) {
    self.id = id
    self.status = status
    self.severity = severity
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.decidedAt = decidedAt
    self.title = title
    self.insights = insights
    self.services = services
    self.suspects = suspects
  }
}

/// A rule's firing or resolving, in Alertmanager's words.
package struct Alert: Sendable {
  package enum Status: String, Sendable { case firing, resolved }

  package var status: Status
  /// Sorted by name; `alertname` and `severity` among them.
  package var labels: [String: String]
  package var annotations: [String: String]
  package var startsAt: Timestamp
  package var endsAt: Timestamp?
  package var decidedAt: Timestamp
  package var generatorURL: String
  package var closedByClock: Bool

  package init(
    status: Status, labels: [String: String], annotations: [String: String],
    startsAt: Timestamp, endsAt: Timestamp?, decidedAt: Timestamp, generatorURL: String
  ) {
    self.status = status
    self.labels = labels
    self.annotations = annotations
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.decidedAt = decidedAt
    self.generatorURL = generatorURL
    closedByClock = false
  }
}
