internal import Bytes
internal import Model

/// Where packs come from.
package enum PackSource: Sendable {
  /// A folder of `*.yaml` packs and lnav's `*.json` formats, with grok files in its `grok/`; or a pack's
  /// file; or lnav's; or a grok file.
  case path(String)
  /// A pack's text.
  case pack(file: String, text: String)
  /// A grok file's text.
  case grok(file: String, text: String)
}

/// The files of a source, read.
struct SourceFiles {
  var packs: [(file: String, bytes: [UInt8])] = []
  var grok: [(file: String, bytes: [UInt8])] = []
  /// Whether it is a grok file that was given on its own.
  private(set) var isLoneGrok = false
  /// The folder, where it is one.
  private(set) var folder: String?

  /// Every file by its name in the folder, packs first.
  var all: [(name: String, bytes: [UInt8])] {
    packs.map { (Self.name($0.file), $0.bytes) }
      + grok.map { ("grok/" + Self.name($0.file), $0.bytes) }
  }

  init() {}

  static func read(_ sources: [PackSource]) throws(ConfigurationError) -> [SourceFiles] {
    var files: [SourceFiles] = []
    for source in sources { files.append(try SourceFiles(source)) }
    return files
  }

  init(_ source: PackSource) throws(ConfigurationError) {
    switch source {
    case .pack(let file, let text): packs = [(file, Array(text.utf8))]
    case .grok(let file, let text): grok = [(file, Array(text.utf8))]
    case .path(let path):
      do {
        try read(path)
      } catch {
        throw ConfigurationError(file: error.path, problem: "can't be read: \(error.reason)")
      }
    }
  }

  private mutating func read(_ path: String) throws(FileError) {
    guard let folder = Self.folder(path) else {
      if Self.isPack(path) {
        packs.append((path, try WholeFile.read(path)))
      } else {
        grok.append((path, try WholeFile.read(path)))
        isLoneGrok = true
      }
      return
    }
    self.folder = folder
    for file in try Self.packs(in: folder) { packs.append((file, try WholeFile.read(file))) }
    for file in try Self.grok(in: folder) where !WholeFile.isFolder(file) {
      grok.append((file, try WholeFile.read(file)))
    }
  }

  /// The path without a slash at its end, if it is a folder's.
  static func folder(_ path: String) -> String? {
    guard WholeFile.isFolder(path) else { return nil }
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  static func packs(in folder: String) throws(FileError) -> [String] {
    try WholeFile.names(in: folder).filter(isPack).map { "\(folder)/\($0)" }
  }

  static func grok(in folder: String) throws(FileError) -> [String] {
    let inner = "\(folder)/grok"
    guard WholeFile.isFolder(inner) else { return [] }
    return try WholeFile.names(in: inner).map { "\(inner)/\($0)" }
  }

  private static func name(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Whether a file is one of lnav's formats; a schema beside the packs is not.
  static func isLnav(_ name: String) -> Bool {
    name.hasSuffix(".json") && !name.hasSuffix(".schema.json")
  }

  private static func isPack(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || isLnav(name)
  }
}
