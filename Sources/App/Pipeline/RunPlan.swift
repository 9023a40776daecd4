internal import Bytes
internal import Flow
internal import Glibc
internal import Ingest
internal import Model
internal import Output
internal import Packs
internal import Security
internal import Triage

/// What the commands that read log streams share: sources, packs, and the feed that runs them.
struct RunPlan {
  let settings: RunSettings
  let fields: FieldNames
  let packs: PackTables
  let model: TextModel?
  let rules: SigmaRules
  let ruleDocuments: SigmaLoader
  /// Counts what the input has of what rules want, where that is asked.
  var survey: SigmaSurvey?
  let stop: StopSignal
  let problems = ProblemList()
  let meter = RunMeter()
  let sinks: EventWriter.Sinks
  let grouping: GroupingSettings
  private let inputs: RunInputs
  private let decoding: DecodingSettings
  private let selection: ResolvedSelection

  /// What a rule file that is no rule file means.
  enum RulePolicy: Sendable { case refusesBroken, passesOverBroken }

  /// - Parameters:
  ///   - keepsFields: whether every field of a structured source is wanted.
  ///   - flushing: of the main output.
  init(
    _ settings: RunSettings, keepsFields: Bool, flushing: DescriptorSink.Flushing = .eachWrite,
    rulePolicy: RulePolicy = .refusesBroken
  ) throws {
    self.settings = settings
    stop = StopSignal()
    var fields = FieldNames()
    packs = try PackTables.load(PackFolders.sources(settings.patterns), names: &fields)
    self.fields = fields
    model = try PackFolders.textModel(settings.patterns)
    grouping = try GroupingSettings(settings)
    ruleDocuments = try RuleFolders.load(settings.rules)
    rules =
      switch rulePolicy {
      case .refusesBroken: try ruleDocuments.rules(names: fields)
      case .passesOverBroken: ruleDocuments.matchable(names: fields)
      }
    let now = SourceSupply.now
    sinks = try OutputSinks.open(settings, flushing: flushing)
    inputs = try RunInputs(settings, excluding: try OutputSinks.files(settings), problems)
    var decoding = DecodingSettings(
      keepsFields: keepsFields || rules.needsFields || !settings.selection.fields.isEmpty,
      zone: settings.zone,
      anchor: settings.year.map { YearAnchor(year: $0) } ?? YearAnchor(start: now),
      lineLimit: settings.lineLimit, journals: inputs.journal?.files)
    try FormatName.resolve(settings.format, packs, into: &decoding)
    self.decoding = decoding
    let end =
      settings.selection.needsEnd && inputs.isRepeatable
      ? Self.end(of: inputs, decoding, settings, stop, problems) : nil
    selection = try ResolvedSelection(settings.selection, now: now, end: end)
  }

  /// The time of the last entry; nil where no entry has one.
  private static func end(
    of inputs: RunInputs, _ decoding: DecodingSettings, _ settings: RunSettings, _ stop: StopSignal,
    _ problems: ProblemList
  ) -> Timestamp? {
    if let end = inputs.knownEnd { return end }
    let finder = EndFinder()
    let takesFileYear = settings.year == nil
    let supplies = inputs.readers().map {
      SourceSupply(
        $0, settings, names: inputs.names, stop: stop, problems: problems,
        meter: RunMeter())
    }
    let feed = Feed(
      supplies: supplies, target: finder, workers: settings.workers,
      makeBatch: { Self.batch(lineLimit: decoding.lineLimit) },
      chain: { _ in DecodingStages(decoding, takesFileYear: takesFileYear) })
    feed.run()
    return finder.latest.isKnown ? finder.latest : nil
  }

  private static func batch(lineLimit: Int) -> Batch {
    Batch(
      inputCapacity: (4 << 20) + 2 * lineLimit, sideCapacity: (32 << 20) + 4 * lineLimit)
  }

  /// Names of the inputs, by source number; `-` for stdin.
  var sourceNames: SourceNames { inputs.names }

  /// Whether the same input can be read once more.
  var isRepeatable: Bool { inputs.isRepeatable }

  /// Reads all sources through workers into `target`.
  func run(into target: any MergeTarget) {
    let meter = meter
    let supplies = inputs.readers(since: selection.since, until: selection.until).map {
      SourceSupply(
        $0, settings, names: sourceNames, stop: stop, problems: problems,
        meter: meter)
    }
    let limit = settings.lineLimit
    let decoding = decoding
    let packs = packs
    let model = model
    let fields = fields
    let selection = selection
    let rules = rules
    let survey = survey
    let grouping = grouping
    let takesFileYear = settings.year == nil
    let feed = Feed(
      supplies: supplies, target: target, workers: settings.workers,
      makeBatch: { Self.batch(lineLimit: limit) },
      chain: { _ in
        WorkerStages(
          decoding, takesFileYear: takesFileYear, packs: packs, model: model,
          names: fields, selection: selection, rules: rules, survey: survey,
          grouping: grouping)
      })
    feed.run()
  }

  /// What is to be said of inputs that were not read, or not understood.
  var hints: [String] {
    let refused = ruleDocuments.refusedCount
    let rules =
      refused == 0
      ? []
      : ["\(refused) of the Sigma rules can't be matched: taffrail rules check says why"]
    return inputs.hints + rules
  }

  /// Names of what may give up on an entry, by its number from 1: packs' patterns, then the rules on grouping.
  var patternNames: [String] { packs.ids + grouping.ruleNames }

  func entryWriter() -> EntryWriter {
    EntryWriter(
      fields: fields, patterns: packs.ids, lines: packs.lineFormats.map(\.name),
      sources: sourceNames,
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

  /// Hash of the loaded patterns' ids, in order.
  var patternsHash: UInt64 {
    let ids = Array(packs.ids.joined(separator: "\n").utf8)
    return StableHash(ids.span).high
  }

  /// How many sources are known before the first is read.
  var sourceCount: Int { max(1, inputs.names.names(from: 0).count) }

  /// How the input is called in a command line that a person may run again.
  var inputName: String {
    if settings.inputs == ["-"], settings.journals.isEmpty { return "INPUT" }
    let journals = settings.journals.map { $0.isEmpty ? "--journal" : "--journal \($0)" }
    return (journals + settings.inputs).joined(separator: " ")
  }
}
