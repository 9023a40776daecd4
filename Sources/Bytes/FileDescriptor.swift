internal import Glibc

/// An open file, pipe or device, closed with its owner.
package struct FileDescriptor: ~Copyable, Sendable {
  package let number: Int32
  private let closes: Bool

  /// Takes over an open descriptor and closes it in the end.
  package init(owning number: Int32) {
    self.number = number
    closes = true
  }

  private init(borrowing number: Int32) {
    self.number = number
    closes = false
  }

  package static var standardInput: FileDescriptor { FileDescriptor(borrowing: STDIN_FILENO) }

  /// Opens a file for reading. A named pipe that nobody writes is open at once; whoever waits for it can
  /// be told to stop.
  package init(reading path: FilePath) throws(SystemError) {
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    let opened = unsafe path.withCString { unsafe open($0, flags) }
    guard opened >= 0 else { throw .last }
    _ = fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) & ~O_NONBLOCK)
    self.init(owning: opened)
  }

  /// Opens the null device in place of each of the three standard descriptors that is closed: else the
  /// first file opened would take its number, and be read or written as it.
  package static func openStandardOnes() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(number, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }

  deinit { if closes { close(number) } }

  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    guard unsafe fstat(number, &raw) == 0 else { throw .last }
    return FileStatus(raw)
  }

  /// Appends at most `limit` bytes to the arena, as many as one call gives; 0 at the end.
  ///
  /// Interrupted calls are repeated; a descriptor that doesn't block is waited for.
  package func read(into arena: Arena, limit: Int) throws(SystemError) -> Int {
    try unsafe arena.fill(limit: limit) { buffer throws(SystemError) -> Int in
      while true {
        let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        switch errno {
        case EINTR: continue
        case EAGAIN: Descriptors.wait(for: [number], milliseconds: -1)
        default: throw .last
        }
      }
    }
  }

  /// Goes on reading at `offset`.
  package func seek(to offset: Int64) throws(SystemError) {
    guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw .last }
  }

  /// Asks for a pipe buffer of 1 MiB, the most that a user may have; no matter if it is refused.
  ///
  /// Measured: 64 KiB gives 2.5 GB/s, 1 MiB 3.3.
  package func widenPipe() {
    let setPipeSize: Int32 = 1031
    _ = fcntl(number, setPipeSize, 1 << 20)
  }
}
