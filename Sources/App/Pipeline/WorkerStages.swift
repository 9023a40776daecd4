internal import Correlation
internal import Flow
internal import Grouping
internal import Ingest
internal import Masking
internal import Model
internal import Packs
internal import Triage

/// The stages that each worker runs, in their order (docs/ARCHITECTURE.md).
struct WorkerStages: ~Copyable, WorkerChain {
  private var decoder: FrameDecoder
  /// Counts frames for a seam, apart from the names that the decoder has announced.
  private var counter: FrameDecoder?
  private let settings: DecodingSettings
  private var masker = Masker()
  private var shaper = Shaper()
  private var matcher: PackMatcher
  private var classifier = Classifier()
  private var contexts: ContextReader
  private var filter: EntryFilter

  init(
    _ settings: DecodingSettings, library: PackLibrary, names: FieldNames,
    selection: ResolvedSelection
  ) {
    decoder = FrameDecoder(settings)
    self.settings = settings
    matcher = PackMatcher(library)
    contexts = ContextReader(names: names)
    filter = EntryFilter(selection, names: names)
  }

  mutating func countFrames(of batch: Batch) {
    // Made when it is first wanted: one chain of all counts, and none where nothing is joined.
    if counter == nil { counter = FrameDecoder(settings) }
    counter?.decode(batch)
  }

  mutating func process(_ batch: Batch) {
    decoder.decode(batch)
    masker.process(batch)
    shaper.process(batch)
    matcher.process(batch)
    classifier.process(batch)
    contexts.process(batch)
    filter.process(batch)
  }
}
