package import Bytes
package import Model

/// One file to read: its name, and what is known of it before it is opened.
package struct InputFile: Equatable, Sendable {
  package var path: FilePath
  /// When it was last written; unknown for what is no regular file.
  package var modified = Timestamp.unknown
  package var origin: InputOrigin

  package init(
    _ path: FilePath, modified: Timestamp = .unknown, origin: InputOrigin = .named
  ) {
    self.path = path
    self.modified = modified
    self.origin = origin
  }

  /// The standard input, named `-`.
  package static let standardInput = InputFile(FilePath("-"))

  package var isStandardInput: Bool { path == InputFile.standardInput.path }
}

/// Whether the user asked for a file by its name: then it has to be readable.
package enum InputOrigin: Sendable {
  case named
  /// A directory or a pattern gave it.
  case found
}

/// What is read as one stream: a file with its rotated siblings before it, or the standard input.
package struct InputSource: Equatable, Sendable {
  /// The name that users see: the youngest file's.
  package var name: String
  /// In age order, oldest first; never empty.
  package var files: [InputFile]

  package init(name: String, files: [InputFile]) {
    self.name = name
    self.files = files
  }

  package static let standardInput = InputSource(name: "-", files: [.standardInput])
}
