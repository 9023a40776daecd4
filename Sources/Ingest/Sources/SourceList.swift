package import Bytes

/// What the command line's INPUT arguments name: files, directories, patterns and `-`.
///
/// Rotated siblings are one source, in age order; sources are sorted by path, except that the standard
/// input stands first. A named file that can't be read is a problem; what a directory holds that can't
/// is only counted.
/// - Limits: `SourceSearch.depthLimit` levels of directories, `SourceSearch.fileLimit` files.
package struct SourceList: Sendable {
  package private(set) var sources: [InputSource] = []
  package private(set) var problems: [ReadProblem] = []
  package private(set) var skipped = SkippedFiles()
  /// The directories that were walked.
  package private(set) var directories: [FilePath] = []

  /// Looks for what the arguments name; none means the standard input.
  ///
  /// - Parameter excluding: the run's own output files, which directories and patterns don't give.
  package init(_ arguments: [FilePath], excluding: Set<FileIdentity> = []) {
    if arguments.isEmpty {
      sources = [.standardInput]
      return
    }
    var search = SourceSearch(excluding: excluding)
    var readsInput = false
    for argument in arguments {
      if argument == InputFile.standardInputPath {
        readsInput = true
      } else {
        search.look(argument)
      }
    }
    skipped = search.skipped
    sources = grouped(search.found)
    if readsInput { sources.insert(.standardInput, at: 0) }
    problems = search.problems
    directories = search.directories
  }

  package init(_ arguments: [String], excluding: Set<FileIdentity> = []) {
    self.init(arguments.map { FilePath($0) }, excluding: excluding)
  }

  /// Joins rotated siblings; of a rotated file and its compressed copy only the former is kept, since
  /// it is being compressed.
  private mutating func grouped(_ files: [InputFile]) -> [InputSource] {
    var siblings: [FilePath: [(name: RotatedName, file: InputFile)]] = [:]
    for file in files {
      let name = RotatedName(file.path.name)
      siblings[file.path.parent.appending(name.stem), default: []].append((name, file))
    }
    return siblings.keys.sorted().map { stem in
      let sorted = siblings[stem, default: []].sorted { left, right in
        if left.name.age != right.name.age { return left.name.age < right.name.age }
        if left.name.isCompressed != right.name.isCompressed {
          return right.name.isCompressed != (left.name.age == .current)
        }
        return left.file.path < right.file.path
      }
      var kept: [(name: RotatedName, file: InputFile)] = []
      for one in sorted {
        if let last = kept.last, last.name.age == one.name.age, one.name.isCompressed,
          !last.name.isCompressed, one.name.age != .current
        {
          skipped.repeated += 1
          continue
        }
        kept.append(one)
      }
      let files = kept.map(\.file)
      return InputSource(name: files.last?.path.text ?? stem.text, files: files)
    }
  }
}

/// What a directory held that was not read, by reason.
package struct SkippedFiles: Equatable, Sendable {
  package var hidden = 0
  package var unreadable = 0
  package var binary = 0
  /// Sockets, pipes and devices.
  package var special = 0
  /// Behind the limit of depth or number.
  package var beyondLimit = 0
  /// Met before under another name.
  package var repeated = 0

  package init() {}

  package var count: Int { hidden + unreadable + binary + special + beyondLimit + repeated }
}
