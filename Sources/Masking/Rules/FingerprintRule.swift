internal import PatternMatching

/// A user's word on how entries are grouped, which comes before mining.
struct FingerprintRule: Sendable {
  enum Action: Equatable, Sendable {
    /// One group of this name for all.
    case merge(String)
    /// A group for each combination of values.
    case split([String], title: String?)
    /// Grouped as without the rule, with this in front of the template.
    case rename(String)
    /// Counted, never reported.
    case ignore
  }

  /// What stands for a split beside the message's captures.
  static let splitNames = ["service", "type", "function", "path"]

  /// Each must match where it is given: globs over an exception's types, frames and their places.
  var type: Glob?
  var function: Glob?
  var path: Glob?
  var service: Glob?
  /// PCRE2, searched anywhere in the message.
  var message: Pattern?
  var action: Action

  var needsTrace: Bool {
    if type != nil || function != nil || path != nil { return true }
    guard case .split = action else { return false }
    return true
  }

  var needsService: Bool {
    if service != nil { return true }
    guard case .split(let names, _) = action else { return false }
    return names.contains("service")
  }
}
