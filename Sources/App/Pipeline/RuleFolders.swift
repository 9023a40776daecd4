internal import Bytes
internal import Security

/// Sigma rules as `--rules` names them.
enum RuleFolders {
  static func load(_ paths: [String]) throws -> SigmaLoader {
    for path in paths where !FileStatus.exists(path) {
      throw UsageError("--rules \(path): no such file or folder")
    }
    return try SigmaLoader(paths: paths)
  }
}
