/// A command of the tool: its name, what it does, what it takes, and what runs it.
struct Command: Sendable {
  var name: String
  var summary: String
  var usage: String
  var options: [Option]
  var examples: [(line: String, what: String)]
  var run: @Sendable (Arguments) throws -> ExitStatus
}

/// How the process ends.
enum ExitStatus: Int32, Equatable, Sendable {
  case success = 0
  /// It could not do its job.
  case failure = 1
  /// Bad usage or configuration.
  case usage = 2
  /// With `--fail-on`: there was a finding.
  case finding = 3
}
