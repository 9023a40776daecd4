/// Which counts a series holds.
@usableFromInline
package enum SeriesKey: Hashable, Comparable, Sendable {
  case allErrors
  case serviceErrors(Symbol)
  case service(Symbol)
  /// By the group's current id.
  case group(GroupID)

  private var order: (Int, UInt64) {
    switch self {
    case .allErrors: (0, 0)
    case .serviceErrors(let symbol): (1, UInt64(symbol.number))
    case .service(let symbol): (2, UInt64(symbol.number))
    case .group(let id): (3, id.number)
    }
  }

  @usableFromInline
  package static func < (left: SeriesKey, right: SeriesKey) -> Bool { left.order < right.order }

  @inlinable
  package static func == (left: SeriesKey, right: SeriesKey) -> Bool {
    switch (left, right) {
    case (.allErrors, .allErrors): true
    case (.serviceErrors(let one), .serviceErrors(let other)): one == other
    case (.service(let one), .service(let other)): one == other
    case (.group(let one), .group(let other)): one.number == other.number
    default: false
    }
  }
}

/// What detection says of one series at one closed minute; Triage and Alerting act on it.
package struct Finding: Sendable {
  package enum Kind: String, Sendable {
    /// The detector's rule holds at this minute.
    case exceeds
    /// The evidence is strong for this series: an insight may open.
    case opens
    /// A spike goes on.
    case lasts
    /// The spike is over.
    case ends
    /// The spike lasted so long that it is the new level and was learned.
    case newLevel = "new_level"
  }

  package var series: SeriesKey
  package var minute: Minute
  package var kind: Kind
  /// The minute in which the spike began.
  package var since: Minute
  package var reading: DetectorReading

  package init(
    series: SeriesKey, minute: Minute, kind: Kind, since: Minute, reading: DetectorReading
  ) {
    self.series = series
    self.minute = minute
    self.kind = kind
    self.since = since
    self.reading = reading
  }
}
