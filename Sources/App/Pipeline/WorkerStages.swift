internal import Correlation
internal import Flow
internal import Grouping
internal import Ingest
internal import Masking
internal import Model
internal import Packs
internal import Security
internal import Triage

/// The stages that each worker runs, in their order (docs/ARCHITECTURE.md).
struct WorkerStages: ~Copyable, WorkerChain {
  private var decoder: AnchoredDecoder
  /// Counts frames for a seam, apart from the names that the decoder has announced.
  private var counter: AnchoredDecoder?
  private let settings: DecodingSettings
  private let takesFileYear: Bool
  private var masker: Masker
  private var ruler: FingerprintRuler
  private var shaper = Shaper()
  private var matcher: PackMatcher
  private var classifier: Classifier
  private var signals: SignalReader
  private var contexts: ContextReader
  private var filter: EntryFilter
  private var sigma: SigmaMatcher

  init(
    _ settings: DecodingSettings, takesFileYear: Bool, packs: PackTables, model: TextModel?,
    names: FieldNames, selection: ResolvedSelection, rules: SigmaRules, survey: SigmaSurvey?,
    grouping: GroupingSettings
  ) {
    masker = Masker(frames: grouping.frames)
    ruler = FingerprintRuler(
      grouping.rules, frames: grouping.frames, firstNumber: packs.ids.count + 1)
    decoder = AnchoredDecoder(settings, takesFileYear: takesFileYear)
    self.settings = settings
    self.takesFileYear = takesFileYear
    matcher = PackMatcher(packs)
    classifier = Classifier(model: model)
    signals = SignalReader(names: names)
    contexts = ContextReader(names: names)
    filter = EntryFilter(selection, names: names)
    sigma = SigmaMatcher(rules, names: names, survey: survey)
  }

  mutating func countFrames(of batch: Batch) {
    // Made when it is first wanted: one chain of all counts, and none where nothing is joined.
    if counter == nil { counter = AnchoredDecoder(settings, takesFileYear: takesFileYear) }
    counter?.decode(batch)
  }

  mutating func process(_ batch: Batch) {
    decoder.decode(batch)
    masker.process(batch)
    shaper.process(batch)
    matcher.process(batch)
    classifier.process(batch)
    signals.process(batch)
    contexts.process(batch)
    filter.process(batch)
    sigma.process(batch)
    // Last: the others find what they know of an entry by the slot of its own text.
    let known = batch.newMasks.count
    ruler.process(batch, &masker)
    if batch.newMasks.count > known { shaper.process(batch, from: known) }
  }
}
