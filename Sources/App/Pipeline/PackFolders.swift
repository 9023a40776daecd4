internal import Bytes
internal import Glibc
internal import Model
internal import Packs
internal import Triage

/// Where pattern packs are found: what the user names, then the built-in ones beside the binary.
enum PackFolders {
  /// - Parameter own: folders and files of `--patterns`.
  static func sources(_ own: [String]) throws(UsageError) -> [PackSource] {
    for path in own where !FileStatus.exists(path) {
      throw UsageError("--patterns \(path): no such file or folder")
    }
    let builtIn = builtInFolder.map { [$0] } ?? []
    return (own + builtIn).map { .path($0) }
  }

  /// The text model of the first folder that has one; nil where none has.
  static func textModel(_ own: [String]) throws(ConfigurationError) -> TextModel? {
    for folder in own + (builtInFolder.map { [$0] } ?? []) where WholeFile.isFolder(folder) {
      let path = "\(folder)/\(TextModelFile.name)"
      if FileStatus.exists(path) { return try TextModelFile.read(path) }
    }
    return nil
  }

  /// The packs of this version: `$TAFFRAIL_PATTERNS_DIR`, else `../share/taffrail/patterns` from the
  /// binary's folder (installed), else `patterns` in one of the folders above it (a build).
  static var builtInFolder: String? {
    if let named = Environment.value("TAFFRAIL_PATTERNS_DIR") { return named }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe readlink(
        "/proc/self/exe", base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count > 0 else { return nil }
    let binary = String(decoding: buffer.prefix(count), as: UTF8.self)
    var folder = parent(binary)
    let installed = parent(folder) + "/share/taffrail/patterns"
    if FileStatus.exists(installed) { return installed }
    for _ in 0..<6 {
      if FileStatus.exists(folder + "/patterns/pack.schema.json") { return folder + "/patterns" }
      folder = parent(folder)
    }
    return nil
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }
}
