package import Model

/// A detection rule as it was written, its selections put into its condition.
struct SigmaRule: Sendable {
  var heading: SigmaHeading
  var source: LogSource
  var condition: SigmaExpression
  /// Selections that the condition never names.
  var unused: [String]
}

/// What rules and correlations say of themselves.
package struct SigmaHeading: Sendable {
  package var title: String
  package var id: String?
  package var name: String?
  package var status: String?
  package var level: FindingSeverity
  package var tags: [String]
  package var falsePositives: [String]
  /// Ids of rules that it is derived from, replaces or resembles, each with how.
  package var related: [(id: String, type: String)]
  package var file: String
  package var line: Int

  /// How a detector's reading names it: by its name, else its id, else its title.
  package var detector: String { name ?? id ?? title }
}

/// Where a rule's entries come from.
package struct LogSource: Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var service: String?

  /// `linux/auditd`, `process_creation (linux)`
  package var description: String {
    [product, category, service].compactMap(\.self).joined(separator: "/")
  }
}

/// A rule that counts or joins matches of other rules in a sliding window.
struct SigmaCorrelation: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case eventCount = "event_count"
    case valueCount = "value_count"
    case temporal
    case temporalOrdered = "temporal_ordered"
    case valueSum = "value_sum"
    case valueAverage = "value_avg"
    case valuePercentile = "value_percentile"

    var isTemporal: Bool { self == .temporal || self == .temporalOrdered }
    var needsField: Bool { !isTemporal && self != .eventCount }
  }

  var heading: SigmaHeading
  var kind: Kind
  /// Ids or names, as written.
  var rules: [String]
  var groupBy: [String]
  /// Nanoseconds of event time.
  var span: Int64
  /// All of them have to hold.
  var bounds: [(order: NumberOrder, value: Double)]
  var field: String?
  var percentile: Double
  /// For each alias the field that it stands for, by the rule's id or name.
  var aliases: [String: [String: String]]
  /// Whether the rules that it uses tell of their own matches, too.
  var generates: Bool

  /// Whether further entries can only make it hold: then it is judged at each entry, else when the window
  /// that a first entry opened is over.
  var isMonotone: Bool {
    kind.isTemporal
      || (kind == .eventCount || kind == .valueCount)
        && bounds.allSatisfy { $0.order == .gt || $0.order == .gte }
      || ![.eventCount, .valueCount].contains(kind)
        && bounds.allSatisfy { $0.order == .gt || $0.order == .gte }
  }
}
