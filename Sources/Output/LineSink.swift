internal import Bytes

/// Where lines go: standard output, a file, or memory.
///
/// A call returns once the bytes were taken; a slow reader slows the caller, and nothing is lost. After
/// `closed` or `failed` a sink takes nothing more and gives the same answer again. Not for use by two
/// callers at once.
package protocol LineSink: AnyObject {
  /// Takes whole lines, each ended by a line feed.
  func write(_ lines: Span<UInt8>) -> SinkState

  /// Hands on what is still held back.
  func flush() -> SinkState
}

/// Whether a sink still takes lines, and if not, why.
package enum SinkState: Equatable, Sendable {
  case open
  /// The reader went away: the run ends quietly.
  case closed
  case failed(SinkFailure)
}

/// An output that can't be written: no space, an I/O error, a folder that isn't there.
package struct SinkFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path, or `standard output`.
  package var name: String
  package var errno: Int32

  package init(name: String, errno: Int32) {
    self.name = name
    self.errno = errno
  }

  package var description: String {
    "can't write to \(name): \(DescriptorOutput.words(errno: errno))"
  }
}
