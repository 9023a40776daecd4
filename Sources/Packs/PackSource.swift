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
    guard WholeFile.isFolder(path) else {
      if Self.isPack(path) {
        packs.append((path, try WholeFile.read(path)))
      } else {
        grok.append((path, try WholeFile.read(path)))
        isLoneGrok = true
      }
      return
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    self.folder = folder
    for name in try WholeFile.names(in: folder) where Self.isPack(name) {
      packs.append(("\(folder)/\(name)", try WholeFile.read("\(folder)/\(name)")))
    }
    guard WholeFile.isFolder("\(folder)/grok") else { return }
    for name in try WholeFile.names(in: "\(folder)/grok") {
      let file = "\(folder)/grok/\(name)"
      if !WholeFile.isFolder(file) { grok.append((file, try WholeFile.read(file))) }
    }
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
