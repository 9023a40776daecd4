package import Bytes
package import Model

/// Follows files and directories as they grow (`-f`): hands over lines as soon as they are written.
///
/// Listens to inotify; where that is refused, and for what it can't tell, it looks for itself. New files
/// of a followed directory or pattern become sources of their own. A line without its end waits.
/// - Limits: those of `SourceList` and `FileWatch`; `sourceLimit` sources, later ones are counted.
package final class FollowReader: BatchSource {
  /// By the number that batches carry; grows when files appear.
  package private(set) var sources: [InputSource] = []

  private let arguments: [FilePath]
  private let excluded: Set<FileIdentity>
  private let frameLimit: Int
  private let framing: FramingChoice
  private let openLimit: Int
  private let watch: FileWatch?
  private var followed: [any FollowedSource] = []
  private var files: [FilePath: FollowedFile] = [:]
  /// Files that were opened, in that order; some may have been closed since.
  private var open: [FollowedFile] = []
  /// Pipes among the arguments that are listened to.
  private var pipes: Set<FilePath> = []
  /// Arguments whose problem was reported.
  private var reported: Set<String> = []
  private var turn = 0
  private var isStopped = false
  private var namesChanged = true
  private var isFullyWatched = true
  private var problems: [ReadProblem] = []
  private let clock = ContinuousClock()
  private var lastSearch: ContinuousClock.Instant?
  /// How long it took; the next one waits for twenty times that.
  private var searchCost = Duration.zero

  /// Files that are held open; more would come near the usual limit of 1,024 descriptors. Others are
  /// closed as long as they don't grow.
  package static let openLimit = 512
  /// Sources that are followed; smaller would fail log hosts, larger would take long to look at.
  package static let sourceLimit = 10_000
  /// Files whose backlogs are merged by time; those of further ones are read side by side.
  package static let backlogLimit = 256
  /// What the batches of all backlogs hold of their bytes, one of each: 32 MiB.
  private static let backlogBytes = 32 << 20
  /// Milliseconds between looks at files that can't be watched; an appended line is at hand after so
  /// long at the latest.
  private static let pollInterval: Int32 = 15
  /// Between looks at names, for what a watch can't tell (a directory that doesn't exist yet).
  private static let nameInterval: Int32 = 1000
  /// Between searches through directories that change all the time.
  private static let searchInterval: Int32 = 100

  package init(
    _ arguments: [FilePath], excluding: Set<FileIdentity> = [],
    frameLimit: Int = BatchReader.frameLimit, framing: FramingChoice = .told,
    openLimit: Int = FollowReader.openLimit
  ) {
    self.openLimit = openLimit
    self.arguments = arguments
    self.frameLimit = frameLimit
    self.framing = framing
    excluded = excluding
    watch = try? FileWatch()
    search()
  }

  /// Files that the last search found and that are not followed because there are too many.
  package private(set) var unfollowed = 0

  /// How often a followed file was found shorter than before, and read from its start.
  package var truncations: Int { files.values.reduce(0) { $0 + $1.truncations } }

  /// How often another file took the place of a followed one.
  package var replacements: Int { files.values.reduce(0) { $0 + $1.replacements } }

  package func stop() { isStopped = true }

  /// What two files or more hold already, to be merged by time before this reader is asked the first time;
  /// none where there is nothing to merge.
  package func takeBacklogs() -> [FollowedBacklog] {
    let candidates = followed.lazy.compactMap { $0 as? FollowedFile }.prefix(Self.backlogLimit)
    let files = candidates.filter { $0.markBacklog() }
    for file in files { note(file) }
    guard files.count > 1 else { return [] }
    let byteLimit = min(1 << 20, Self.backlogBytes / files.count)
    return files.map { FollowedBacklog($0, byteLimit: byteLimit) }
  }

  package func takeProblems() -> [ReadProblem] {
    defer { problems = [] }
    return problems + followed.flatMap { $0.takeProblems() }
  }

  package func fill(
    _ batch: Batch, limit: Int = 1 << 20, waiting: Patience = Patience(milliseconds: -1)
  ) -> Fill {
    let start = clock.now
    while !isStopped {
      if takeTurn(batch, limit: limit) { return .filled }
      let left = Self.left(of: waiting.milliseconds, since: clock.now - start)
      if left == 0 { return .idle }
      if wait(left, wakeUp: waiting.wakeUp) { return .idle }
    }
    return finish(batch)
  }

  /// Asks one source after the other, each time from where it left off.
  private func takeTurn(_ batch: Batch, limit: Int) -> Bool {
    let looksAtNames = namesChanged
    if namesChanged, isSearchDue { search() }
    for step in 0..<followed.count {
      let index = (turn + step) % followed.count
      if followed[index].fill(batch, limit: limit, lookAtNames: looksAtNames) {
        turn = index + 1
        note(followed[index])
        return true
      }
      note(followed[index])
    }
    return false
  }

  /// Keeps the number of open files within its limit: those opened first are closed first.
  private func note(_ source: any FollowedSource) {
    guard let file = source as? FollowedFile, file.isOpen, !file.isNoted else { return }
    file.isNoted = true
    open.append(file)
    guard open.count > openLimit else { return }
    var tooMany = open.count - openLimit
    open.removeAll { file in
      if tooMany > 0 { file.rest() }
      if file.isOpen { return false }
      tooMany -= 1
      file.isNoted = false
      return true
    }
  }

  /// Waits for news; true where the wake-up called.
  private func wait(_ left: Int32, wakeUp: Int32?) -> Bool {
    var numbers: [Int32] = []
    if let wakeUp { numbers.append(wakeUp) }
    let first = numbers.count
    if let watch { numbers.append(watch.number) }
    numbers += followed.map(\.descriptor).filter { $0 >= 0 }
    let most =
      !isFullyWatched ? Self.pollInterval : namesChanged ? Self.searchInterval : Self.nameInterval
    let time = left < 0 ? most : min(left, most)
    let ready = Descriptors.wait(for: numbers, milliseconds: time)
    if wakeUp != nil, ready & 1 != 0 { return true }
    if let watch, ready & (1 << UInt64(first)) != 0, watch.takeReports() { namesChanged = true }
    if isNameLookDue { namesChanged = true }
    return false
  }

  private var isSearchDue: Bool { hasPassed(Self.searchInterval) }
  private var isNameLookDue: Bool { hasPassed(Self.nameInterval) }

  private func hasPassed(_ milliseconds: Int32) -> Bool {
    guard let lastSearch else { return true }
    return clock.now - lastSearch >= max(.milliseconds(Int(milliseconds)), searchCost * 20)
  }

  private static func left(of milliseconds: Int32, since passed: Duration) -> Int32 {
    guard milliseconds > 0 else { return milliseconds }
    let (seconds, attoseconds) = passed.components
    let gone = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    return Int32(clamping: max(0, Int64(milliseconds) - gone))
  }

  /// Hands over the unfinished lines of all sources, one a batch.
  private func finish(_ batch: Batch) -> Fill {
    while let source = followed.popLast() {
      let hasMore = source.finish(batch)
      problems += source.takeProblems()
      if hasMore {
        followed.append(source)
        return .filled
      }
    }
    batch.endsSource = true
    return .ended
  }

  /// Looks for files that have appeared.
  private func search() {
    namesChanged = false
    unfollowed = 0
    let start = clock.now
    let list = SourceList(arguments, excluding: excluded)
    for source in list.sources { take(source) }
    for problem in list.problems {
      if problem.kind == .missing {
        takeMissing(FilePath(problem.file))
      } else if reported.insert(problem.file).inserted {
        problems.append(problem)
      }
    }
    let end = clock.now
    lastSearch = end
    searchCost = end - start
    guard let watch else {
      isFullyWatched = false
      return
    }
    var isWatched = true
    for directory in list.directories where !watch.watch(directory) { isWatched = false }
    for file in files.values {
      _ = watch.watch(file.path.parent)
      if !file.isWatched { isWatched = false }
    }
    for argument in arguments where PathPattern.isPattern(argument) {
      _ = watch.watch(argument.parent)
    }
    isFullyWatched = isWatched
  }

  private func take(_ source: InputSource) {
    guard let youngest = source.files.last else { return }
    let kind = (try? FileStatus(youngest.path))?.kind
    if youngest.isStandardInput || kind == .pipe || kind == .terminal {
      if pipes.insert(youngest.path).inserted {
        followed.append(
          FollowedPipe(
            source, number: sources.count, frameLimit: frameLimit, framing: framing))
        sources.append(source)
      }
      return
    }
    let name = RotatedName(youngest.path.name)
    let stem = youngest.path.parent.appending(name.stem)
    let isWritten = !name.age.isNumbered && !name.isCompressed
    if let file = files[stem] {
      if isWritten, RotatedName(file.path.name).age < name.age { file.goOn(with: youngest.path) }
      return
    }
    follow(
      isWritten ? youngest.path : stem, stem: stem,
      older: isWritten ? Array(source.files.dropLast()) : source.files)
  }

  /// A named file that doesn't exist yet is waited for.
  private func takeMissing(_ path: FilePath) {
    let stem = path.parent.appending(RotatedName(path.name).stem)
    guard files[stem] == nil, !PathPattern.isPattern(path) else { return }
    follow(path, stem: stem, older: [])
  }

  private func follow(_ path: FilePath, stem: FilePath, older: [InputFile]) {
    guard sources.count < Self.sourceLimit else {
      unfollowed += 1
      return
    }
    let file = FollowedFile(
      path, older: older, number: sources.count, frameLimit: frameLimit, framing: framing,
      watch: watch)
    files[stem] = file
    followed.append(file)
    sources.append(
      InputSource(name: path.text, files: older + [InputFile(path, origin: .found)]))
  }
}
