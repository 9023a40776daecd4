internal import Bytes
internal import PatternMatching

/// Whether packs have been touched: a hash over names, inodes, sizes and times of their files in the order of
/// reading, the build of the program and the version of PCRE2.
///
/// A change that leaves all of them as they were is not seen; whoever makes one runs `patterns compile`.
enum PackStamp {
  /// No files' stamp.
  static let none = StableHash(high: 0, low: 0)

  /// Nil where a source is no path, or a file's status can't be had.
  static func of(_ sources: [PackSource]) -> StableHash? {
    guard let build = BuildIdentity.current() else { return nil }
    var stamp = StableHash.Absorber()
    absorb(build, &stamp)
    absorb(Array(Pattern.engineVersion.utf8), &stamp)
    for source in sources {
      guard case .path(let path) = source else { return nil }
      absorb(Array("source".utf8), &stamp)
      guard let files = files(of: path) else { return nil }
      for file in files {
        guard let status = try? FileStatus(FilePath(file)) else { return nil }
        absorb(Array(file.utf8), &stamp)
        stamp.absorb(status.identity.inode)
        stamp.absorb(UInt64(bitPattern: status.size))
        stamp.absorb(UInt64(bitPattern: status.modified))
      }
    }
    return stamp.finish(length: sources.count)
  }

  private static func files(of path: String) -> [String]? {
    guard let folder = SourceFiles.folder(path) else { return [path] }
    guard let packs = try? SourceFiles.packs(in: folder),
      let grok = try? SourceFiles.grok(in: folder)
    else { return nil }
    return packs + grok
  }

  private static func absorb(_ bytes: [UInt8], _ stamp: inout StableHash.Absorber) {
    let hash = StableHash(bytes.span)
    stamp.absorb(hash.high)
    stamp.absorb(hash.low)
  }
}
