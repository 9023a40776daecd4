internal import Glibc

/// How full a file system is (statvfs(3)).
package struct FilesystemSpace: Equatable, Sendable {
  package var sizeBytes: UInt64
  package var freeBytes: UInt64
  /// What an ordinary user may still write.
  package var availableBytes: UInt64
  package var files: UInt64
  package var freeFiles: UInt64

  /// Of the file system mounted at `path`; nil where it can't be asked.
  package init?(path: String) {
    var found = statvfs()
    guard unsafe statvfs(path, &found) == 0 else { return nil }
    let block = UInt64(found.f_frsize)
    sizeBytes = UInt64(found.f_blocks) &* block
    freeBytes = UInt64(found.f_bfree) &* block
    availableBytes = UInt64(found.f_bavail) &* block
    files = UInt64(found.f_files)
    freeFiles = UInt64(found.f_ffree)
  }
}

/// Constants of the running system.
package enum SystemConstants {
  /// Ticks a second in /proc's CPU times.
  package static var ticksPerSecond: Double {
    let ticks = sysconf(Int32(_SC_CLK_TCK))
    return ticks > 0 ? Double(ticks) : 100
  }

  package static var pageSize: Int { max(sysconf(Int32(_SC_PAGESIZE)), 1) }
}
