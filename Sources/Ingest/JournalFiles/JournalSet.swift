internal import Bytes

/// The journal files of a run, mapped before the first entry is read; shared by all workers.
package final class JournalSet: Sendable {
  let files: [JournalFile]
  /// Files of folders that could not be.
  private let refused: Int
  /// Files that were asked for by name and could not be read as a journal.
  package let problems: [ReadProblem]

  /// - Parameter paths: of files, in the order that breaks ties among their entries.
  package init(_ paths: [InputFile]) {
    var files: [JournalFile] = []
    var problems: [ReadProblem] = []
    var needsLibrary = false
    var refused = 0
    for path in paths {
      do throws(ReadProblem) {
        files.append(try JournalFile(path.path))
      } catch {
        if error.kind == .unknown { needsLibrary = true }
        if path.origin == .named { problems.append(error) } else { refused += 1 }
      }
    }
    self.files = files
    self.problems = problems
    self.needsLibrary = needsLibrary
    self.refused = refused
  }

  /// Whether a file is of a kind that only a newer reader knows.
  package let needsLibrary: Bool

  /// The wall time of the last entry, in microseconds since 1970; nil where there is none.
  package var lastRealtime: UInt64? {
    files.map(\.header.tailRealtime).filter { $0 > 0 }.max()
  }

  /// What of the files was not as it should be, in words.
  package var hints: [String] {
    var hints: [String] = []
    let shrunk = files.count { $0.map.lostPages > 0 }
    let short = files.count { $0.lacksEntries }
    if refused > 0 { hints.append("\(refused) files of the journal could not be read") }
    if shrunk > 0 { hints.append("\(shrunk) journal files were cut while they were read") }
    if short > 0 {
      hints.append("\(short) journal files list fewer entries than they count: they are damaged")
    }
    return hints
  }
}
