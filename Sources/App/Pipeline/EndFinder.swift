internal import Flow
internal import Ingest
internal import Model

/// Finds the time of an archive's last entry, for `-S end-30m`: a pass that only decodes.
final class EndFinder: MergeTarget {
  private(set) var latest = Timestamp.unknown

  var isDone: Bool { false }

  func announce(_ batch: Batch) {}

  func release(_ batch: Batch) {}

  func open(_ batch: Batch) {}

  func take(_ batch: Batch, _ run: Range<Int>) {
    for index in run { latest = max(latest, batch.entries[index].time) }
  }

  func tick(_ batch: Batch) {}
}

/// The stages of a worker that only decodes.
struct DecodingStages: ~Copyable, WorkerChain {
  private var decoder: AnchoredDecoder
  private var counter: AnchoredDecoder

  init(_ settings: DecodingSettings, takesFileYear: Bool) {
    decoder = AnchoredDecoder(settings, takesFileYear: takesFileYear)
    counter = AnchoredDecoder(settings, takesFileYear: takesFileYear)
  }

  mutating func countFrames(of batch: Batch) { counter.decode(batch) }

  mutating func process(_ batch: Batch) { decoder.decode(batch) }
}
