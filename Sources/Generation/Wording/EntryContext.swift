import Model

/// What is known of an entry before its text is written.
struct EntryContext: Sendable {
  var time: Timestamp
  var template: Int
  var service: Int
  var instance: Int
  /// The service that the entry is about; 255 for none.
  var subject: Int
  var flags: EntryFlags
  var severity: Severity
  var process: ProcessState
  var version: Version
  /// Zeros where the entry belongs to no request.
  var traceHigh: UInt64
  var traceLow: UInt64
  var span: UInt64
  var hasStackTrace: Bool
  /// What an incident makes of its values.
  var alteration: Alteration?

  var isInRequest: Bool { traceHigh != 0 }

  /// A running process of a service.
  struct ProcessState: Sendable {
    var pid: Int
    var invocationHigh: UInt64
    var invocationLow: UInt64
  }

  struct Version: Sendable {
    var major: Int
    var minor: Int
    var patch: Int
  }
}
