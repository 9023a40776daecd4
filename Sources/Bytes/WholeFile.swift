internal import Glibc

/// A file or a folder that could not be read, with the system's words for it.
package struct FileError: Error, Equatable, Sendable {
  package var path: String
  package var reason: String
}

/// Small files read at once, and folders listed: what configuration is loaded with, and what the system tells of itself.
package enum WholeFile {
  /// All bytes of a file of at most `limit` bytes.
  package static func read(_ path: String, limit: Int = 16 << 20) throws(FileError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { _ = close(file) }
    let expected = min(size(of: file), limit) + 1
    var bytes = try start(of: file, count: expected, path)
    if bytes.count < expected { return bytes }
    guard fill(&bytes, from: file, upTo: limit + 1) else { throw failure(path) }
    guard bytes.count <= limit else {
      throw FileError(path: path, reason: "larger than \(limit) bytes")
    }
    return bytes
  }

  /// Reads a file of a few pages, as those under /proc are, into an array that is used again; false, and no bytes, where it
  /// can't be read. What exceeds `limit` is left.
  package static func read(
    _ path: String, into bytes: inout [UInt8], limit: Int = 1 << 20
  ) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { _ = close(file) }
    if fill(&bytes, from: file, upTo: limit) { return true }
    bytes.removeAll(keepingCapacity: true)
    return false
  }

  /// Appends what is left of a file until there are `limit` bytes; false where reading failed.
  private static func fill(_ bytes: inout [UInt8], from file: Int32, upTo limit: Int) -> Bool {
    while bytes.count < limit {
      let held = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: min(step, limit - held)))
      let count = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe Glibc.read(file, base + held, buffer.count - held)
      }
      let isInterrupted = count < 0 && errno == EINTR
      bytes.removeLast(bytes.count - held - max(count, 0))
      if isInterrupted { continue }
      guard count >= 0 else { return false }
      if count == 0 { break }
    }
    return true
  }

  private static let step = 16 << 10

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
