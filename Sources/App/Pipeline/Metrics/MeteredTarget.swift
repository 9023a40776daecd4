internal import Flow
internal import Model

/// Stands before the analysis and leaves a snapshot of its metrics whenever one was asked for.
///
/// Part of the edge: the one place where an arrival's clock time meets event time, as a gauge.
final class MeteredTarget: MergeTarget {
  private let analysis: Analysis
  private let board: MetricsBoard
  private let snapshot: RunMetrics
  private let isLive: Bool

  init(_ analysis: Analysis, _ snapshot: RunMetrics, board: MetricsBoard, isLive: Bool) {
    self.analysis = analysis
    self.snapshot = snapshot
    self.board = board
    self.isLive = isLive
  }

  var isDone: Bool { analysis.isDone }

  func announce(_ batch: Batch) { analysis.announce(batch) }

  func open(_ batch: Batch) { analysis.open(batch) }

  func take(_ batch: Batch, _ run: Range<Int>) {
    analysis.take(batch, run)
    if isLive, let last = run.last, batch.entries[last].time.isKnown {
      snapshot.lag = SourceSupply.now.nanoseconds &- batch.entries[last].time.nanoseconds
    }
    answer()
  }

  func release(_ batch: Batch) { analysis.release(batch) }

  func tick(_ batch: Batch) {
    analysis.tick(batch)
    answer()
  }

  private func answer() {
    if board.takesRequest { board.leave(snapshot.families(of: analysis)) }
  }
}
