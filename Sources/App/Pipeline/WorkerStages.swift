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
  private var decoder: AnchoredDecoder
  /// Counts frames for a seam, apart from the names that the decoder has announced.
  private var counter: AnchoredDecoder
  private var masker = Masker()
  private var shaper = Shaper()
  private var matcher: PackMatcher
  private var classifier = Classifier()
  private var contexts: ContextReader
  private var filter: EntryFilter
  private let meter: RunMeter
  private let worker: Int

  init(
    _ settings: DecodingSettings, takesFileYear: Bool, library: PackLibrary, names: FieldNames,
    selection: ResolvedSelection, meter: RunMeter, worker: Int
  ) {
    self.meter = meter
    self.worker = worker
    decoder = AnchoredDecoder(settings, takesFileYear: takesFileYear)
    counter = AnchoredDecoder(settings, takesFileYear: takesFileYear)
    matcher = PackMatcher(library)
    contexts = ContextReader(names: names)
    filter = EntryFilter(selection, names: names)
  }

  mutating func countFrames(of batch: Batch) { counter.decode(batch) }

  mutating func process(_ batch: Batch) {
    decoder.decode(batch)
    masker.process(batch)
    shaper.process(batch)
    matcher.process(batch)
    if batch.frames.gaveUp > 0 { meter.note(gaveUp: matcher.gaveUp, worker: worker) }
    classifier.process(batch)
    contexts.process(batch)
    filter.process(batch)
  }
}
