internal import Glibc

/// What became of a write to a file, a pipe or a terminal.
package enum WriteOutcome: Equatable, Sendable {
  case written
  /// The reader of the pipe is gone (EPIPE).
  case closed
  /// The system's error number: no space, an I/O error, a bad descriptor.
  case failed(errno: Int32)
}

/// Blocking output to a file descriptor.
package enum DescriptorOutput {
  /// Writes all of `bytes`, waiting where the reader is slow, also on a descriptor that does not block.
  package static func write(_ bytes: Span<UInt8>, to descriptor: Int32) -> WriteOutcome {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return .written }
      var at = 0
      while at < buffer.count {
        let written = unsafe Glibc.write(descriptor, base + at, buffer.count - at)
        if written >= 0 {
          at += written
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&wait, 1, 1000)
        case EPIPE: return .closed
        default: return .failed(errno: errno)
        }
      }
      return .written
    }
  }

  /// Opens a file to append to, made where it does not exist; a negative error number where it fails.
  package static func openAppending(_ path: String) -> Int32 {
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    return descriptor >= 0 ? descriptor : -errno
  }

  /// The same for a file that begins anew: what it held is gone.
  package static func openReplacing(_ path: String) -> Int32 {
    let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0o644)
    return descriptor >= 0 ? descriptor : -errno
  }

  package static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal, or nil where it is none.
  package static func columns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    let answer = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return answer == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// The system's words for an error number.
  package static func words(errno number: Int32) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words)
  }
}
