internal import Detection
internal import Model

/// What the run's memory does for those who look at each entry.
extension RunMemory {
  /// Shows entries to those who look at each, those of one source at a time.
  mutating func show(
    _ entries: [Entry], _ run: Range<Int>, of batch: Batch, _ fields: Span<Field>
  ) {
    var start = run.lowerBound
    while start < run.upperBound {
      let source = batch.source(of: start)
      var end = batch.sources.isEmpty ? run.upperBound : start + 1
      while end < run.upperBound, batch.source(of: end) == source { end += 1 }
      shifts.see(entries, start..<end, source: source, fields, batch.arenas)
      start = end
    }
  }
}
