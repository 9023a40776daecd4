package import Model

/// What the text model is asked of a text: each question has a few answers, of which one is right.
///
/// The answers of all questions stand side by side in columns, in the order in which the file has them.
package enum TextQuestion: Int, CaseIterable, Sendable {
  case category, outcome, severity

  /// Columns of all questions together.
  package static let columnCount = 15

  package var columns: Range<Int> {
    switch self {
    case .category: 0..<9
    case .outcome: 9..<12
    case .severity: 12..<15
    }
  }

  package var name: String { String(describing: self) }

  /// The column of a category; nil for `other`, which is the want of one.
  package static func column(_ category: Model.Category) -> Int? {
    category == .other ? nil : Int(category.rawValue) - 1
  }

  /// The column of an outcome; texts that tell of none have one as well, which is never said.
  package static func column(_ outcome: Outcome) -> Int {
    switch outcome {
    case .none, .unknown: 9
    case .success: 10
    case .failure: 11
    }
  }

  /// Severities in three steps: what is well, warnings, errors and worse; nil where none is known.
  package static func column(_ severity: Severity) -> Int? {
    switch severity {
    case .unknown: nil
    case .trace, .debug, .info, .notice: 12
    case .warning: 13
    case .error, .critical, .alert, .emergency: 14
    }
  }

  static func category(_ column: Int) -> Model.Category {
    Model.Category(rawValue: UInt8(truncatingIfNeeded: column + 1)) ?? .other
  }

  static func outcome(_ column: Int) -> Outcome {
    switch column {
    case 10: .success
    case 11: .failure
    default: .none
    }
  }

  static func severity(_ column: Int) -> Severity {
    switch column {
    case 12: .info
    case 13: .warning
    default: .error
    }
  }

  /// An answer's name: a category's, an outcome's or a severity's.
  package static func name(of column: Int) -> String {
    switch column {
    case ..<9: category(column).name
    case ..<12: outcome(column).name
    default: severity(column).name
    }
  }
}
