internal import Bytes
internal import Ingest
internal import Model

/// The journal that `--journal` names: its files found and mapped once, read anew for each pass.
///
/// Its own reader reads them, also those that are damaged or being written, as far as they are sound.
/// libsystemd follows a journal, and reads one with files of a kind that the reader doesn't know.
struct JournalInput {
  let files: JournalSet
  /// Of its entries; a followed journal has a second source for what is written from now on.
  let sources: [InputSource]
  let isFollowed: Bool
  private let place: SystemJournal.Place
  private let start: JournalStart
  private let fieldLimit: Int

  init(_ settings: RunSettings, _ problems: ProblemList) throws {
    let paths = settings.journals.map { FilePath($0) }
    let search = JournalSearch(paths)
    files = JournalSet(search.files)
    isFollowed = settings.follows
    start = settings.journalStart
    fieldLimit = settings.lineLimit
    place = Self.place(paths, search.files)
    if isFollowed, !SystemJournal.isAvailable {
      throw UsageError(
        "a journal is followed through libsystemd.so.0, which is not on this machine",
        hint: "journalctl -o json -f | taffrail")
    }
    for problem in search.problems where !(isFollowed && place == .machine) {
      problems.add(problem)
    }
    let name = settings.journals.first { !$0.isEmpty } ?? "journal"
    let source = InputSource(name: name, files: [InputFile(FilePath(name))])
    sources = isFollowed ? [source, source] : [source]
  }

  private static func place(_ paths: [FilePath], _ files: [InputFile]) -> SystemJournal.Place {
    if paths == [FilePath("")] { return .machine }
    if let only = paths.first, paths.count == 1, (try? FileStatus(only))?.kind == .directory {
      return .folder(only)
    }
    return .files(files.map(\.path))
  }

  /// The time of its last entry.
  var end: Timestamp? {
    files.lastRealtime.flatMap { $0 < 1 << 52 ? Timestamp(nanoseconds: Int64($0) * 1000) : nil }
  }

  /// A reader from its start, or from `since` where that is later.
  func reader(since: Timestamp?, until: Timestamp?) -> any BatchSource {
    var start = start
    if start == .head, let since, since.nanoseconds > 0 {
      start = .realtime(UInt64(since.nanoseconds) / 1000)
    }
    if files.needsLibrary, SystemJournal.isAvailable {
      return library(from: start, number: 0)
    }
    let last = until.map { UInt64(max(0, $0.nanoseconds)) / 1000 } ?? .max
    let past = JournalSource(files, from: start, until: last)
    return isFollowed ? FollowedJournal(past, live: library(from: start, number: 1)) : past
  }

  private func library(from start: JournalStart, number: Int) -> SystemJournalSource {
    SystemJournalSource(
      place, number: number, from: start, follows: isFollowed, fieldLimit: fieldLimit)
  }
}
