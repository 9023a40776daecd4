internal import Glibc

/// What a file is, where it lies on its device, how long it is and when it was last written.
package struct FileStatus: Equatable, Sendable {
  package enum Kind: Sendable { case regular, directory, pipe, terminal, other }

  package let kind: Kind
  package let identity: FileIdentity
  package let size: Int64
  /// Nanoseconds since 1970-01-01T00:00:00Z, held within the range of `Int64`.
  package let modified: Int64

  /// The status of what a path names, symbolic links followed.
  package init(_ path: FilePath) throws(SystemError) {
    var raw = stat()
    let result = unsafe path.withCString { unsafe stat($0, &raw) }
    guard result == 0 else { throw .last }
    self.init(raw)
  }

  /// Whether there is anything of that name.
  package static func exists(_ path: String) -> Bool {
    (try? FileStatus(FilePath(path))) != nil
  }

  init(_ raw: stat) {
    switch raw.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFIFO, S_IFSOCK: kind = .pipe
    case S_IFCHR: kind = .terminal
    default: kind = .other
    }
    identity = FileIdentity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
    size = Int64(raw.st_size)
    let (seconds, overflow) = Int64(raw.st_mtim.tv_sec)
      .multipliedReportingOverflow(by: 1_000_000_000)
    modified = overflow ? 0 : seconds &+ Int64(raw.st_mtim.tv_nsec)
  }
}

/// Which file it is, whatever it is called: device and inode.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}
