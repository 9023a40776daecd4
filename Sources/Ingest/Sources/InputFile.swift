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

  /// The name that stands for the standard input.
  package static let standardInputPath = FilePath("-")

  package var isStandardInput: Bool { path == InputFile.standardInputPath }

  /// The year (UTC) in which a regular file was last written: that of stamps that state none.
  package var modificationYear: Int? {
    modified.isKnown ? CivilTime(modified).year : nil
  }
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

  package static var standardInput: InputSource {
    let status = try? FileDescriptor.standardInput.status()
    let modified = status.flatMap { $0.kind == .regular ? $0.modified : nil }
    let file = InputFile(
      InputFile.standardInputPath,
      modified: modified.map { Timestamp(nanoseconds: $0) } ?? .unknown)
    return InputSource(name: "-", files: [file])
  }

  /// The year in which its youngest file was last written.
  package var modificationYear: Int? { files.last?.modificationYear }
}
