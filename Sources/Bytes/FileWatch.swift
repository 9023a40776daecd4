internal import Glibc

/// Word from the kernel that files have changed (inotify(7)).
///
/// - Limits: at most `limit` watches; one that is refused returns false, and its owner looks for
///   itself from time to time.
package final class FileWatch {
  package let number: Int32
  private let limit: Int
  private var watched: Set<Int32> = []

  package init(limit: Int = 1024) throws(SystemError) {
    self.limit = limit
    number = inotify_init1(Int32(O_CLOEXEC) | Int32(O_NONBLOCK))
    guard number >= 0 else { throw .last }
  }

  deinit { close(number) }

  /// Watches a file for being written, renamed and removed, a directory also for what comes and goes.
  package func watch(_ path: FilePath) -> Bool {
    guard watched.count < limit else { return false }
    let mask =
      UInt32(IN_MODIFY) | UInt32(IN_ATTRIB) | UInt32(IN_CREATE) | UInt32(IN_MOVE)
      | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)
    let handle = unsafe path.withCString { unsafe inotify_add_watch(number, $0, mask) }
    guard handle >= 0 else { return false }
    watched.insert(handle)
    return true
  }

  /// Takes what was reported since the last call.
  ///
  /// - Returns: whether files came, went or were renamed, so that names have to be looked at again.
  package func takeReports() -> Bool {
    let structural =
      UInt32(IN_ATTRIB) | UInt32(IN_CREATE) | UInt32(IN_MOVE) | UInt32(IN_DELETE)
      | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_Q_OVERFLOW)
    let header = MemoryLayout<inotify_event>.size
    var namesChanged = false
    unsafe withUnsafeTemporaryAllocation(byteCount: 16384, alignment: 8) { buffer in
      while true {
        let count = unsafe read(number, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        var at = 0
        while at + header <= count {
          let event = unsafe buffer.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          if event.mask & structural != 0 { namesChanged = true }
          if event.mask & UInt32(IN_IGNORED) != 0 { watched.remove(event.wd) }
          at += header + Int(event.len)
        }
      }
    }
    return namesChanged
  }
}
