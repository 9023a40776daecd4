/// A change in how lines come or in what they say: found by Detection, told by Triage.
///
/// Unlike `Finding` it is about no count a minute, so it names itself what it is about.
package struct ShiftFinding: Sendable {
  package enum Kind: String, Sendable {
    /// A line that comes at regular intervals has not come.
    case lineAbsent
    /// A group that came all the time has not come.
    case groupGone
    /// A group that has hardly ever come did.
    case groupRare
    /// A measure within a message is another than it was.
    case numeric
    /// The values at a place of a message come in another mix.
    case token
    /// A service's HTTP statuses come in another mix.
    case status
    /// A service's errors have come to another level.
    case level
  }

  package enum Change: Sendable {
    case opens, ends
    /// It has lasted so long that it is the new usual.
    case settles
  }

  /// How much has fallen silent with an absent line.
  package enum Scope: Sendable { case line, service, host }

  package var kind: Kind
  package var change: Change
  /// What it is about: the same at its opening and its end.
  package var key: UInt64
  package var group: GroupID?
  package var service: Symbol
  package var host: Symbol
  package var scope = Scope.line
  package var since: Timestamp
  package var reading: DetectorReading
  /// The place that changed: a field's name, or the word before a wildcard.
  package var place = ""
  package var measure = Measure.number
  package var attribution: [Attribution] = []

  package init(
    _ kind: Kind, _ change: Change, key: UInt64, group: GroupID?, service: Symbol,
    host: Symbol = .none, since: Timestamp, reading: DetectorReading
  ) {
    self.kind = kind
    self.change = change
    self.key = key
    self.group = group
    self.service = service
    self.host = host
    self.since = since
    self.reading = reading
  }
}

/// What a measured value counts.
package enum Measure: UInt8, Sendable {
  /// In seconds.
  case duration
  /// In bytes.
  case size
  case number

  package var unit: String {
    switch self {
    case .duration: "s"
    case .size: "bytes"
    case .number: ""
    }
  }
}
