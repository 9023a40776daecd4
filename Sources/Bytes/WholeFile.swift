internal import Glibc

/// A file or a folder that could not be read, with the system's words for it.
package struct FileError: Error, Equatable, Sendable {
  package var path: String
  package var reason: String
}

/// Small files read at once, and folders listed: what configuration is loaded with.
package enum WholeFile {
  /// All bytes of a file of at most `limit` bytes.
  package static func read(_ path: String, limit: Int = 16 << 20) throws(FileError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { _ = close(file) }
    var bytes = try start(of: file, count: min(size(of: file), limit) + 1, path)
    if bytes.count <= size(of: file) { return bytes }
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk.prefix(count))
      if bytes.count > limit {
        throw FileError(path: path, reason: "larger than \(limit) bytes")
      }
    }
  }

  /// The first bytes of a file, `count` at most.
  package static func start(of path: String, count: Int) throws(FileError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { _ = close(file) }
    return try start(of: file, count: count, path)
  }

  /// Bytes of a regular file; 0 for anything else.
  private static func size(of file: Int32) -> Int {
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    return max(0, status.st_size)
  }

  private static func start(
    of file: Int32, count: Int, _ path: String
  ) throws(FileError) -> [UInt8] {
    var isRead = true
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let more = unsafe Glibc.read(file, base + filled, count - filled)
        if more < 0, errno == EINTR { continue }
        isRead = more >= 0
        if more <= 0 { break }
        filled += more
      }
    }
    guard isRead else { throw failure(path) }
    return bytes
  }

  /// The names in a folder, sorted, without those that begin with a dot.
  package static func names(in folder: String) throws(FileError) -> [String] {
    guard let open = unsafe opendir(folder) else { throw failure(folder) }
    defer { unsafe _ = closedir(open) }
    var names: [String] = []
    while let item = unsafe readdir(open) {
      let name = unsafe withUnsafePointer(to: &item.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path without links and dots, or as it stands where there is no such file.
  package static func realPath(_ path: String) -> String {
    guard let found = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  private static func failure(_ path: String) -> FileError {
    FileError(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
