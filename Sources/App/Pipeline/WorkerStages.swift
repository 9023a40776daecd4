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
  private var settings: DecodingSettings
  /// Whether stamps without a year take that of the file's last change.
  private let takesFileYear: Bool
  private var decoder: FrameDecoder
  /// Counts frames for a seam, apart from the names that the decoder has announced.
  private var counter: FrameDecoder
  private var masker = Masker()
  private var shaper = Shaper()
  private var matcher: PackMatcher
  private var classifier = Classifier()
  private var contexts: ContextReader
  private var filter: EntryFilter

  init(
    _ settings: DecodingSettings, takesFileYear: Bool, library: PackLibrary, names: FieldNames,
    selection: ResolvedSelection
  ) {
    self.settings = settings
    self.takesFileYear = takesFileYear
    decoder = FrameDecoder(settings)
    counter = FrameDecoder(settings)
    matcher = PackMatcher(library)
    contexts = ContextReader(names: names)
    filter = EntryFilter(selection, names: names)
  }

  mutating func countFrames(of batch: Batch) { counter.decode(batch) }

  mutating func process(_ batch: Batch) {
    if takesFileYear, batch.modified.isKnown { takeYear(of: batch) }
    decoder.decode(batch)
    masker.process(batch)
    shaper.process(batch)
    matcher.process(batch)
    classifier.process(batch)
    contexts.process(batch)
    filter.process(batch)
  }

  /// Sets the year of stamps without one; a decoder for another year begins its names anew.
  private mutating func takeYear(of batch: Batch) {
    let year = CivilTime(batch.modified).year
    guard year != settings.year else { return }
    settings.year = year
    decoder = FrameDecoder(settings)
    counter = FrameDecoder(settings)
    batch.restartsNames = true
  }
}
