package import Model

/// When an alert holds for a closed minute or, where no window is needed, for an entry.
package enum AlertCondition: Equatable, Sendable {
  /// A detector's rule holds on the errors of the stream or of a service.
  case errorsExceed
  /// An error group never seen before has entries.
  case newErrorGroup
  /// More errors than this in a minute.
  case errors(above: Int)
  /// A larger share of errors than this, in a minute of at least so many entries.
  case errorShare(above: Double, minimum: Int)
  /// An entry at least this bad.
  case entry(atLeast: Severity)
  /// A security insight of severity warning or above opens.
  case security
}

/// A named condition, how long it must hold, how long it must be gone, and how its alert is labelled.
package struct AlertRule: Equatable, Sendable {
  package var name: String
  package var condition: AlertCondition
  package var severity: FindingSeverity
  /// Seconds for which it must have held before it fires.
  package var holdSeconds: Int64
  /// Seconds for which it must not have held before it is resolved.
  package var quietSeconds: Int64
  /// Added to each alert's labels.
  package var labels: [String: String]
  /// Added to each alert's annotations.
  package var annotations: [String: String]

  package init(
    _ name: String, _ condition: AlertCondition, severity: FindingSeverity,
    holdSeconds: Int64 = 0, quietSeconds: Int64 = 60, labels: [String: String] = [:],
    annotations: [String: String] = [:]
  ) {
    self.name = name
    self.condition = condition
    self.severity = severity
    self.holdSeconds = holdSeconds
    self.quietSeconds = quietSeconds
    self.labels = labels
    self.annotations = annotations
  }
}

extension AlertRule {
  /// The rules that hold without any configuration.
  package static let builtIn: [AlertRule] = [
    AlertRule("error_spike", .errorsExceed, severity: .info, quietSeconds: 600),
    AlertRule("new_error_group", .newErrorGroup, severity: .warning, quietSeconds: 600),
    AlertRule("too_many_errors", .errors(above: 10), severity: .warning, quietSeconds: 300),
    AlertRule(
      "error_share", .errorShare(above: 0.01, minimum: 100), severity: .warning, holdSeconds: 120,
      quietSeconds: 900),
    AlertRule("security", .security, severity: .warning, quietSeconds: 60),
    AlertRule(
      "critical_entry", .entry(atLeast: .critical), severity: .critical, quietSeconds: 300),
  ]
}
