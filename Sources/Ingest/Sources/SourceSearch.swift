internal import Bytes
internal import Model

/// Looks through files, directories and patterns for what can be read as a log.
struct SourceSearch {
  /// Levels of directories; deeper ones are as a rule no logs, and links may go round.
  static let depthLimit = 16
  /// Larger would take minutes to look at; smaller might be too little for a log host.
  static let fileLimit = 100_000

  private(set) var found: [InputFile] = []
  private(set) var problems: [ReadProblem] = []
  private(set) var skipped = SkippedFiles()
  /// Those that were walked, for whoever wants to hear of new files.
  private(set) var directories: [FilePath] = []
  private var seen: Set<FileIdentity>
  private var seenDirectories: Set<FileIdentity> = []

  init(excluding: Set<FileIdentity>) { seen = excluding }

  /// Looks at an argument: what it names has to be there and readable.
  mutating func look(_ path: FilePath) {
    do throws(SystemError) {
      let status = try FileStatus(path)
      switch status.kind {
      case .directory: try walk(path, status, depth: 0)
      case .regular: take(path, status, .named)
      case .pipe, .terminal, .other: found.append(InputFile(path))
      }
    } catch {
      if error.isMissing, PathPattern.isPattern(path) {
        lookForPattern(path)
      } else {
        problems.append(ReadProblem(opening: path, error))
      }
    }
  }

  private mutating func lookForPattern(_ pattern: FilePath) {
    let paths = PathPattern.paths(matching: pattern)
    if paths.isEmpty {
      problems.append(
        ReadProblem(.missing, file: pattern.text, reason: "No file matches the pattern"))
    }
    for path in paths {
      guard let status = try? FileStatus(path) else {
        skipped.unreadable += 1
        continue
      }
      lookInside(path, status, depth: 0)
    }
  }

  private mutating func walk(
    _ path: FilePath, _ status: FileStatus, depth: Int
  ) throws(SystemError) {
    guard seenDirectories.insert(status.identity).inserted else { return }
    guard depth < Self.depthLimit else {
      skipped.beyondLimit += 1
      return
    }
    directories.append(path)
    let listing = try DirectoryListing(path, limit: Self.fileLimit)
    if listing.isCut { skipped.beyondLimit += 1 }
    for name in listing.names {
      if name.first == 0x2e {
        skipped.hidden += 1
        continue
      }
      let child = path.appending(name)
      guard let status = try? FileStatus(child) else {
        skipped.unreadable += 1
        continue
      }
      lookInside(child, status, depth: depth + 1)
    }
  }

  /// Looks at what a directory or a pattern gave: what can't be read is only counted.
  private mutating func lookInside(_ path: FilePath, _ status: FileStatus, depth: Int) {
    switch status.kind {
    case .directory:
      do throws(SystemError) {
        try walk(path, status, depth: depth)
      } catch {
        skipped.unreadable += 1
      }
    case .regular:
      switch FileLook(path) {
      case .text: take(path, status, .found)
      case .binary: skipped.binary += 1
      case .unreadable: skipped.unreadable += 1
      }
    case .pipe, .terminal, .other: skipped.special += 1
    }
  }

  private mutating func take(
    _ path: FilePath, _ status: FileStatus, _ origin: InputOrigin
  ) {
    guard seen.insert(status.identity).inserted else {
      skipped.repeated += 1
      return
    }
    guard found.count < Self.fileLimit else {
      skipped.beyondLimit += 1
      return
    }
    found.append(
      InputFile(path, modified: Timestamp(nanoseconds: status.modified), origin: origin))
  }
}
