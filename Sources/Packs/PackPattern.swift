package import Model
package import PatternMatching

/// A pattern of a loaded pack: what it matches, what it captures, what that means.
package struct PackPattern: Sendable {
  package struct Capture: Sendable {
    /// The group's number in the regular expression.
    package var group: Int
    package var field: FieldName
    package var name: String
    package var isNumber: Bool
  }

  /// A field that every entry gets which the pattern matches.
  package struct Constant: Sendable, Equatable {
    package var field: FieldName
    package var name: String
    package var kind: FieldKind
    /// Text as it is, anything else as JSON.
    package var bytes: [UInt8]
  }

  package let id: String
  package let pack: String
  package let file: String
  package let line: Int
  package let column: Int
  /// As it stands in the pack.
  package let match: String
  /// With every reference written out.
  package let regex: String
  package let pattern: Pattern
  /// Groups of one field stand together, the first that took part counts.
  package let captures: [Capture]
  /// `event.action` first, where it is stated; none of them is captured as well.
  package let constants: [Constant]
  package let verdict: PatternVerdict
  package let samples: [PatternSample]
  /// Index of its pack's scope in the library.
  package let scope: Int
  /// Words without which it can't match.
  let clauses: [WordClause]

  /// The words of each of its clauses, for people to read.
  package var requiredWords: [String] {
    clauses.map {
      $0.words.map { String(decoding: $0.letters, as: UTF8.self) }.joined(separator: "|")
    }
  }
}
