internal import Bytes
internal import Flow
internal import Glibc
internal import Ingest
internal import Model
internal import Output
internal import Packs

/// What the commands that read log streams share: sources, packs, and the feed that runs them.
struct RunPlan {
  let settings: RunSettings
  let fields: FieldNames
  let library: PackLibrary
  let stop: StopSignal
  let problems = ProblemList()
  let sinks: EventWriter.Sinks
  private let readers: [any BatchSource]
  private let skipped: SkippedFiles
  /// Names of the inputs, by source number; `-` for stdin.
  let sourceNames: SourceNames
  private let decoding: DecodingSettings
  private let selection: ResolvedSelection

  /// - Parameters:
  ///   - keepsFields: whether every field of a structured source is wanted.
  ///   - flushing: of the main output.
  init(
    _ settings: RunSettings, keepsFields: Bool, flushing: DescriptorSink.Flushing = .eachWrite
  ) throws {
    self.settings = settings
    stop = StopSignal()
    var fields = FieldNames()
    library = try PackLibrary(
      PackFolders.sources(settings.patterns), names: &fields, verification: .none)
    self.fields = fields
    let now = SourceSupply.now
    selection = try ResolvedSelection(settings.selection, now: now, end: nil)
    sinks = try OutputSinks.open(settings, flushing: flushing)
    let outputs = try OutputSinks.files(settings)
    if settings.follows, settings.inputs != ["-"] {
      let follower = FollowReader(
        settings.inputs.map { FilePath($0) }, excluding: outputs, frameLimit: settings.lineLimit)
      readers = [follower]
      sourceNames = SourceNames(follower.sources)
      skipped = SkippedFiles()
    } else {
      let list = SourceList(settings.inputs, excluding: outputs)
      skipped = list.skipped
      for problem in list.problems { problems.add(problem) }
      let frameLimit = settings.lineLimit
      readers = list.sources.enumerated().map { number, source in
        BatchReader(source, number: number, frameLimit: frameLimit)
      }
      sourceNames = SourceNames(list.sources)
    }
    decoding = DecodingSettings(
      format: settings.format, keepsFields: keepsFields || !settings.selection.fields.isEmpty,
      zoneOffset: settings.zoneOffset, year: settings.year ?? CivilTime(now).year,
      lineLimit: settings.lineLimit)
  }

  /// Reads all sources through workers into `target`.
  func run(into target: any MergeTarget) {
    let supplies = readers.map {
      SourceSupply($0, settings, names: sourceNames, stop: stop, problems: problems)
    }
    let limit = settings.lineLimit
    let decoding = decoding
    let library = library
    let fields = fields
    let selection = selection
    let feed = Feed(
      supplies: supplies, target: target, workers: settings.workers,
      makeBatch: {
        Batch(inputCapacity: (4 << 20) + 2 * limit, sideCapacity: (32 << 20) + 4 * limit)
      },
      chain: { _ in
        WorkerStages(decoding, library: library, names: fields, selection: selection)
      })
    feed.run()
  }

  /// What is to be said of inputs that were not read, or not understood.
  var hints: [String] {
    var hints: [String] = []
    for (count, what) in [
      (skipped.binary, "files in folders are no text and were not read"),
      (skipped.unreadable, "files in folders could not be opened"),
      (skipped.beyondLimit, "files or folders lie behind the limits of a search"),
    ] where count > 0 {
      hints.append("\(count) \(what)")
    }
    let wide = readers.reduce(0) { $0 + (($1 as? BatchReader)?.wideFiles ?? 0) }
    if wide > 0 { hints.append("\(wide) inputs are UTF-16: iconv -f UTF-16 -t UTF-8 turns them") }
    return hints
  }

  func entryWriter() -> EntryWriter {
    EntryWriter(
      fields: fields, patterns: library.patterns.map(\.id), sources: sourceNames,
      redactor: settings.redacts ? Redactor() : nil)
  }

  func entryLines() -> EntryLineText {
    EntryLineText(
      style: OutputSinks.style(settings), redactor: settings.redacts ? Redactor() : nil)
  }

  /// How a run that has ended went; ends the process where a signal had asked for that.
  func status(_ ledger: Ledger, _ state: SinkState) -> ExitStatus {
    if case .failed(let failure) = state {
      Diagnostics.error(failure.description)
      return .failure
    }
    stop.endProcess()
    if state == .closed { return .success }
    guard ledger.isBalanced else {
      Diagnostics.error("the ledger does not balance: \(ledger)")
      return .failure
    }
    if ledger.read > ledger.blank, ledger.entries == 0 {
      Diagnostics.error("nothing in the input could be read as an entry")
      return .failure
    }
    return problems.isEmpty ? .success : .failure
  }

  /// How the input is called in a command line that a person may run again.
  var inputName: String {
    settings.inputs == ["-"] ? "INPUT" : settings.inputs.joined(separator: " ")
  }
}
