internal import Bytes
internal import Ingest
internal import Model

/// The sources that a run reads: found once, opened for each pass over them.
final class RunInputs {
  private let follower: FollowReader?
  private let sources: [InputSource]
  private let skipped: SkippedFiles
  private let frameLimit: Int
  private let framing: FramingChoice
  /// The journal that is read by its files; the first source.
  let journal: JournalInput?
  private var opened: [any BatchSource] = []
  /// Names of the inputs, by source number; `-` for stdin.
  let names: SourceNames

  /// - Parameter outputs: the run's own output files, which folders and patterns don't give.
  init(
    _ settings: RunSettings, excluding outputs: Set<FileIdentity>, _ problems: ProblemList
  ) throws {
    frameLimit = settings.lineLimit
    framing = FormatName.framing(settings.format)
    let journal = settings.journals.isEmpty ? nil : try JournalInput(settings, problems)
    self.journal = journal
    let journalSources = journal?.sources ?? []
    if settings.follows, !settings.inputs.isEmpty, settings.inputs != ["-"] {
      let follower = FollowReader(
        settings.inputs.map { FilePath($0) }, excluding: outputs, frameLimit: settings.lineLimit,
        framing: framing)
      self.follower = follower
      sources = []
      skipped = SkippedFiles()
      names = SourceNames(follower.sources)
      return
    }
    follower = nil
    if settings.inputs.isEmpty {
      sources = []
      skipped = SkippedFiles()
      names = SourceNames(journalSources)
      return
    }
    let list = SourceList(settings.inputs, excluding: outputs)
    for problem in list.problems { problems.add(problem) }
    sources = list.sources
    skipped = list.skipped
    names = SourceNames(journalSources + list.sources)
  }

  /// Whether all are regular files that are not followed.
  var isRepeatable: Bool {
    follower == nil && journal?.isFollowed != true
      && sources.allSatisfy { source in
        source.files.allSatisfy {
          !$0.isStandardInput && (try? FileStatus($0.path))?.kind == .regular
        }
      }
  }

  /// The time of the last entry, where that is known without reading them all.
  var knownEnd: Timestamp? { sources.isEmpty ? journal?.end : nil }

  /// Readers from the start of each source; of followed files those of their backlogs first.
  ///
  /// - Parameters:
  ///   - since: entries before it need not be read, where the source can be begun there.
  ///   - until: nor those behind it.
  func readers(since: Timestamp? = nil, until: Timestamp? = nil) -> [any BatchSource] {
    if let follower { return follower.takeBacklogs() + [follower] }
    let first = journal?.sources.count ?? 0
    opened = sources.enumerated().map { number, source in
      BatchReader(
        source, number: first + number, frameLimit: frameLimit, framing: framing)
    }
    if let journal { opened.insert(journal.reader(since: since, until: until), at: 0) }
    return opened
  }

  /// What of the inputs was not read, in words.
  var hints: [String] {
    var hints = journal?.files.hints ?? []
    for (count, what) in [
      (skipped.binary, "files in folders are no text and were not read"),
      (skipped.unreadable, "files in folders could not be opened"),
      (skipped.beyondLimit, "files or folders lie behind the limits of a search"),
    ] where count > 0 {
      hints.append("\(count) \(what)")
    }
    let wide = opened.reduce(0) { $0 + (($1 as? BatchReader)?.wideFiles ?? 0) }
    if wide > 0 { hints.append("\(wide) inputs are UTF-16: iconv -f UTF-16 -t UTF-8 turns them") }
    let readers = opened.compactMap { $0 as? BatchReader }
    let trailed = readers.reduce(0) { $0 + $1.trailedFiles }
    if trailed > 0 {
      let bytes = readers.reduce(0) { $0 + $1.trailingBytes }
      hints.append(
        "\(bytes) bytes behind the compressed data of "
          + (trailed == 1 ? "1 input are" : "\(trailed) inputs are")
          + " none of it and were not read")
    }
    return hints
  }
}
