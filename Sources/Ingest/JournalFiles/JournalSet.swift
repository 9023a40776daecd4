internal import Bytes

/// The journal files of a run, mapped before the first entry is read; shared by all workers.
package final class JournalSet: Sendable {
  let files: [JournalFile]
  /// What could not be read as a journal.
  package let problems: [ReadProblem]

  /// - Parameter paths: of files, in the order that breaks ties among their entries.
  package init(_ paths: [InputFile]) {
    var files: [JournalFile] = []
    var problems: [ReadProblem] = []
    for path in paths {
      do throws(ReadProblem) {
        files.append(try JournalFile(path.path))
      } catch {
        var problem = error
        problem.origin = path.origin
        problems.append(problem)
      }
    }
    self.files = files
    self.problems = problems
  }

  /// The wall time of the last entry, in microseconds since 1970; nil where there is none.
  package var lastRealtime: UInt64? {
    files.map(\.header.tailRealtime).filter { $0 > 0 }.max()
  }

  /// What of the files was not as it should be, in words.
  package var hints: [String] {
    var hints: [String] = []
    let shrunk = files.count { $0.map.lostPages > 0 }
    let short = files.count { $0.lacksEntries }
    if shrunk > 0 { hints.append("\(shrunk) journal files were cut while they were read") }
    if short > 0 {
      hints.append("\(short) journal files list fewer entries than they count: they are damaged")
    }
    return hints
  }
}
