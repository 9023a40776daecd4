package import Model

/// An entry as the memory of contexts keeps it: when, of which shape, whose, how grave.
package struct RememberedEntry: Equatable, Sendable {
  package var time: Timestamp
  package var shape: ShapeNumber
  package var service: Symbol
  package var severity: Severity

  package init(time: Timestamp, shape: ShapeNumber, service: Symbol, severity: Severity) {
    self.time = time
    self.shape = shape
    self.service = service
    self.severity = severity
  }
}
