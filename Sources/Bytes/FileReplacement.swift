internal import Glibc

/// Replaces files in one step, so that no reader ever sees half of one.
package enum FileReplacement {
  package enum Durability: Sendable {
    /// Whole to every reader; a crash of the machine may bring the old content back.
    case none
    /// On the disk before the name changes (fsync).
    case synced
  }

  /// Writes `bytes` beside `path` and renames the result over it.
  ///
  /// The temporary file is `path` + `.tmp-` + the process id, and is removed where anything fails.
  package static func replace(
    _ path: String, with bytes: Span<UInt8>, durability: Durability = .none
  ) -> WriteOutcome {
    let temporary = "\(path).tmp-\(getpid())"
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let descriptor = unsafe open(temporary, flags, 0o644)
    guard descriptor >= 0 else { return .failed(errno: errno) }
    var outcome = DescriptorOutput.write(bytes, to: descriptor)
    if outcome == .written, durability == .synced, fsync(descriptor) != 0 {
      outcome = .failed(errno: errno)
    }
    if close(descriptor) != 0, outcome == .written { outcome = .failed(errno: errno) }
    if outcome == .written, unsafe rename(temporary, path) != 0 {
      outcome = .failed(errno: errno)
    }
    if outcome != .written { _ = unsafe unlink(temporary) }
    return outcome
  }
}
