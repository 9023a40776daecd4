/// How bad an entry is: syslog's eight levels (RFC 5424 section 6.2.1) and `trace`, mildest first.
@usableFromInline
package enum Severity: UInt8, Comparable, CaseIterable, Sendable {
  case unknown, trace, debug, info, notice, warning, error, critical, alert, emergency

  /// syslog's and journald's number: 0 emergency to 7 debug.
  @inlinable
  package init?(syslog number: Int) {
    guard (0...7).contains(number) else { return nil }
    self.init(rawValue: UInt8(9 - number))
  }

  /// The level's ECS name (`log.level`); `unknown` is left out of every output.
  package var name: String { String(describing: self) }

  /// OpenTelemetry's severity number (logs data model, 1 to 24), 0 where it is unknown.
  package var openTelemetryNumber: Int {
    switch self {
    case .unknown: 0
    case .trace: 1
    case .debug: 5
    case .info: 9
    case .notice: 10
    case .warning: 13
    case .error: 17
    case .critical: 18
    case .alert: 19
    case .emergency: 21
    }
  }

  @inlinable package var isError: Bool { self >= .error }

  @inlinable
  package static func < (left: Severity, right: Severity) -> Bool {
    left.rawValue < right.rawValue
  }

  // Written out, since the standard library's stay generic over module boundaries.

  @inlinable
  package static func > (left: Severity, right: Severity) -> Bool { right < left }

  @inlinable
  package static func >= (left: Severity, right: Severity) -> Bool { !(left < right) }

  @inlinable
  package static func <= (left: Severity, right: Severity) -> Bool { !(right < left) }
}

/// Where an entry's severity came from.
@usableFromInline
package enum SeveritySource: UInt8, Sendable {
  case none, field, priority, pattern, text, model
}
