internal import Glibc

/// The names in a directory, sorted by their bytes, without `.` and `..`.
package struct DirectoryListing {
  package private(set) var names: [[UInt8]] = []
  /// It held more names than the limit.
  package private(set) var isCut = false

  package init(_ path: FilePath, limit: Int) throws(SystemError) {
    guard let stream = unsafe path.withCString({ unsafe opendir($0) }) else { throw .last }
    defer { _ = unsafe closedir(stream) }
    while true {
      guard let entry = unsafe readdir(stream) else { break }
      var raw = unsafe entry.pointee.d_name
      let name = unsafe withUnsafeBytes(of: &raw) { buffer in
        unsafe Array(buffer.prefix { $0 != 0 })
      }
      if name == [0x2e] || name == [0x2e, 0x2e] { continue }
      guard names.count < limit else {
        isCut = true
        break
      }
      names.append(name)
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
  }
}

/// What a shell pattern (`*`, `?`, `[…]`) finds among the files, sorted.
package enum PathPattern {
  package static func isPattern(_ path: FilePath) -> Bool {
    path.bytes.contains { $0 == 0x2a || $0 == 0x3f || $0 == 0x5b }
  }

  package static func paths(matching pattern: FilePath) -> [FilePath] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe pattern.withCString({ unsafe glob($0, 0, nil, &found) }) == 0,
      let list = unsafe found.gl_pathv
    else { return [] }
    var paths: [FilePath] = []
    for index in 0..<Int(unsafe found.gl_pathc) {
      guard let text = unsafe list[index] else { continue }
      let bytes = unsafe UnsafeBufferPointer(start: text, count: strlen(text))
      paths.append(unsafe FilePath(bytes: bytes.map { UInt8(bitPattern: $0) }))
    }
    return paths.sorted()
  }
}
