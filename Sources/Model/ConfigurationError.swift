/// A mistake in something that the user wrote: where it is, what was found, what is allowed.
///
/// Data only; a renderer in Output makes the prose.
package struct ConfigurationError: Error, Equatable, Sendable {
  package var file: String
  /// From 1; 0 where the mistake has no line.
  package var line: Int
  /// From 1; 0 where the mistake has no column.
  package var column: Int
  package var problem: String
  package var found: String?
  package var allowed: [String]
  package var hint: String?

  package init(
    file: String, line: Int = 0, column: Int = 0, problem: String, found: String? = nil,
    allowed: [String] = [], hint: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.problem = problem
    self.found = found
    self.allowed = allowed
    self.hint = hint
  }
}
