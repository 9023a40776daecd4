/// A mistake on the command line: what is wrong, and what would be right. Exit status 2.
struct UsageError: Error, Equatable {
  var problem: String
  var hint: String?
  /// Nothing was asked for: the tool's help is shown before.
  var showsHelp = false

  init(_ problem: String, hint: String? = nil) {
    self.problem = problem
    self.hint = hint
  }
}
