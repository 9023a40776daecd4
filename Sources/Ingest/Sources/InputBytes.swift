package import Bytes
internal import Model

/// The bytes of one input as they come, decompressed: a file, a pipe, or the standard input.
///
/// For commands whose rows are no log entries. Memory is one piece, whatever the input's length.
package final class InputBytes {
  /// 256 KiB: larger pieces gain nothing here, where each row is judged at a microsecond and more.
  package static let pieceSize = 256 << 10

  private let file: OpenedFile
  /// What was read last.
  package let piece = Arena(capacity: 2 * pieceSize)

  package init(_ path: String) throws(ReadProblem) {
    file = try OpenedFile(InputFile(FilePath(path)))
  }

  /// Whether more may come later, so that output must not wait for it.
  package var isLive: Bool { !file.modified.isKnown }

  /// Reads the next piece into `piece`; false at the end, or when `waiting` is called off.
  ///
  /// What was readable before an error is in `piece` when it throws.
  package func next(waiting: Patience) throws(ReadProblem) -> Bool {
    piece.truncate(to: 0)
    switch try file.read(into: piece, limit: Self.pieceSize, waiting: waiting) {
    case .bytes: return true
    case .nothing, .end: return false
    }
  }
}
