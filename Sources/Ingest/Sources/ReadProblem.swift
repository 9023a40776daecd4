internal import Bytes

/// Why something that was to be read was not, or not to its end.
///
/// A value: what was readable is analysed all the same.
package struct ReadProblem: Error, Equatable, Sendable {
  package enum Kind: Sendable {
    /// No such file.
    case missing
    /// It can't be opened.
    case refused
    /// Reading failed on the way.
    case failed
    /// A compressed file ends too early.
    case truncated
    /// A compressed file is damaged.
    case corrupt
    /// It is of a kind that this version doesn't know.
    case unknown
  }

  package var kind: Kind
  package var file: String
  /// What the system or the codec says: `Permission denied`.
  package var reason: String
  package var origin = InputOrigin.named

  package init(_ kind: Kind, file: String, reason: String) {
    self.kind = kind
    self.file = file
    self.reason = reason
  }

  /// A file that could not be opened.
  init(opening path: FilePath, _ error: SystemError) {
    self.init(error.isMissing ? .missing : .refused, file: path.text, reason: error.text)
  }
}
