package import Model

/// What a state holds: rows of bytes that only their owners understand, and what they are of.
///
/// - Limits: those of the run that is kept, and `limit` rows of a table where a file was written by somebody else.
package struct KeptState: Sendable, Equatable {
  /// Rows of a table that are read.
  package static let limit = 200_000

  /// What is kept of one series of counts.
  package struct Baseline: Sendable, Equatable {
    /// `errors`, `service_errors`, `service` or `group`.
    package var kind: String
    /// Of the service, or the group's id.
    package var name: [UInt8]
    package var bytes: [UInt8]

    package init(kind: String, name: [UInt8], bytes: [UInt8]) {
      self.kind = kind
      self.name = name
      self.bytes = bytes
    }
  }

  /// A shape, and the group that it was of when it was kept.
  package struct Shape: Sendable, Equatable {
    package var text: [UInt8]
    package var kind: GroupKind
    package var group: String
    package var template: [UInt8]
    package var bytes: [UInt8]

    package init(
      text: [UInt8], kind: GroupKind, group: String, template: [UInt8], bytes: [UInt8]
    ) {
      self.text = text
      self.kind = kind
      self.group = group
      self.template = template
      self.bytes = bytes
    }
  }

  /// The first and the last minute that were learned; nil in a new state.
  package var learned: ClosedRange<Int64>?
  /// Names of services and hosts, in the order of their symbols.
  package var names: [[UInt8]] = []
  /// What is kept once, by the name of what it is of.
  package var parts: [String: [UInt8]] = [:]
  package var baselines: [Baseline] = []
  package var shapes: [Shape] = []

  package init() {}
}
