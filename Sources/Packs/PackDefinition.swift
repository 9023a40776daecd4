package import Model
internal import YAML

/// A pack as its file says it, before it is compiled.
struct PackDefinition {
  var name: String
  var description: String
  var scope: Scope
  var patterns: [PatternDefinition]
  var lines: [LineDefinition]
  var file: String
  var line: Int
}

/// A pattern as its pack says it.
struct PatternDefinition {
  var id: String
  /// Where its `match` stands.
  var match: YAMLNode
  var source: String
  var verdict: PatternVerdict
  var action: String?
  /// Group names and the fields that they stand for.
  var fields: [(group: String, field: String, type: CaptureType)]
  /// What it states of every entry that it matches.
  var constants: [ConstantField]
  var samples: [PatternSample]
  /// Whether it is only for entries that name the pack's program or unit.
  var isNamed = false
  var line: Int
  var column: Int
}

/// What an entry becomes when a pattern matches it.
package struct PatternVerdict: Sendable {
  package var category: Model.Category?
  /// The entry's severity, or nil to leave it as it is.
  package var severity: Severity?
  package var outcome: Outcome?
  /// What kind of change the entry tells of.
  package var change: ChangeMarker.Kind?
}

/// A text that shows what a pattern matches, or what it must not.
package struct PatternSample: Sendable {
  package struct ExpectedField: Sendable, Equatable {
    package var name: String
    package var value: String
  }

  package var text: String
  package var matches: Bool
  /// All the fields that it must give, by name; nil to leave them unchecked.
  package var fields: [ExpectedField]?
  package var line: Int
  package var column: Int
}
