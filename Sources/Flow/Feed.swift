internal import Bytes
package import Model

/// Runs batches of one or several sources through workers and hands them on in the order of the
/// stream: of one source in its own order, of several by event time, then by source.
///
/// Any worker reads (one at a time for each source), works on its batch alone, puts it where its turn
/// comes, and merges what is ready when nobody else does. The result does not depend on the number of
/// workers, on where batches were cut, or on who did what.
///
/// - Limits: `depth` batches in flight for each source; a worker that finds none to read waits.
package final class Feed<Chain: WorkerChain & ~Copyable>: @unchecked Sendable {
  private let gate = Gate()
  private let target: any MergeTarget
  private let chain: @Sendable (Int) -> Chain
  private let workers: Int
  private var depth: Int
  private var lanes: [Lane]
  /// Lanes at the front whose sources the last one goes on with, as soon as they are drained.
  private var preludes: Int
  private var spare: [Batch] = []
  /// Batches that were handed over and not yet announced, in that order.
  private var unannounced: [Batch] = []
  private var isMerging = false
  /// What the target said last; asked only by the merging thread.
  private var isDone = false
  /// The stages that decode where batches meet; only the merging thread uses them.
  private var seamStages: Chain
  private let makeBatch: @Sendable () -> Batch

  /// - Parameters:
  ///   - supplies: one for each source, in the order that breaks ties of time.
  ///   - makeBatch: an empty batch of the capacity that the supplies fill.
  ///   - chain: the stages of worker number n.
  package init(
    supplies: [any BatchSupply], target: any MergeTarget, workers: Int,
    makeBatch: @escaping @Sendable () -> Batch, chain: @escaping @Sendable (Int) -> Chain
  ) {
    self.target = target
    self.workers = max(1, workers)
    self.chain = chain
    self.makeBatch = makeBatch
    seamStages = chain(self.workers)
    depth = supplies.count == 1 ? self.workers + 2 : 2
    let preludes = supplies.prefix { $0.isPrelude }.count
    self.preludes = preludes
    lanes = supplies.enumerated().map {
      Lane(
        number: $0.offset, supply: $0.element, namesSources: preludes > 0, joint: makeBatch())
    }
  }

  /// Runs to the end of all sources, or until the target is done.
  package func run() {
    runThreads(workers) { self.work($0) }
  }

  private func work(_ worker: Int) {
    var stages = chain(worker)
    while let (lane, batch) = nextToRead() {
      let supplied = lane.supply.fill(batch)
      batch.worker = worker
      batch.source = max(batch.source, lane.firstSource)
      noteRead(lane, batch, supplied)
      if supplied == .filled { stages.process(batch) }
      if supplied != .ended { hand(over: batch, of: lane) }
      // Also where a source ended with nothing: the others may have waited for it.
      merge()
    }
    merge()
  }

  /// Waits for a source that may be read; nil where everything has been.
  private func nextToRead() -> (Lane, Batch)? {
    gate.lock()
    defer { gate.unlock() }
    while true {
      if isDone || lanes.allSatisfy({ $0.hasEnded }) {
        gate.broadcast()
        return nil
      }
      var best: Lane?
      for lane in readable where !lane.hasEnded && !lane.isBeingRead && lane.inFlight < depth {
        if lane.inFlight < best?.inFlight ?? .max { best = lane }
      }
      if let lane = best {
        lane.isBeingRead = true
        lane.inFlight += 1
        let batch = spare.popLast() ?? makeBatch()
        batch.reset()
        return (lane, batch)
      }
      gate.wait()
    }
  }

  /// The lanes that may be read now.
  private var readable: ArraySlice<Lane> {
    let first = lanes.prefix(preludes)
    return first.allSatisfy(\.hasEnded) ? lanes[...] : first
  }

  private func noteRead(_ lane: Lane, _ batch: Batch, _ supplied: Supplied) {
    gate.lock()
    lane.isBeingRead = false
    if supplied == .ended {
      lane.hasEnded = true
      lane.inFlight -= 1
      spare.append(batch)
    } else {
      batch.sequence = lane.sequence
      lane.sequence += 1
      if batch.endsSource { lane.hasEnded = true }
    }
    gate.broadcast()
    gate.unlock()
  }

  private func hand(over batch: Batch, of lane: Lane) {
    gate.lock()
    lane.ready.append(batch)
    unannounced.append(batch)
    gate.unlock()
  }

  /// Merges what is ready, unless another worker is at it: that one will see it too.
  private func merge() {
    gate.lock()
    guard !isMerging else {
      gate.unlock()
      return
    }
    isMerging = true
    while !isDone, let turn = nextTurn() {
      let fresh = unannounced
      unannounced.removeAll(keepingCapacity: true)
      gate.unlock()
      for batch in fresh where !batch.tick.isKnown { target.announce(batch) }
      let used = take(turn)
      let isDone = target.isDone
      gate.lock()
      self.isDone = isDone
      if let used {
        if !used.tick.isKnown { target.release(used) }
        turn.lane.inFlight -= 1
        spare.append(used)
        gate.broadcast()
      }
    }
    isMerging = false
    gate.broadcast()
    gate.unlock()
  }

  /// What the merge does next.
  private enum Turn {
    case begin(Lane, Batch)
    case flush(Lane)
    case run(Lane)

    var lane: Lane {
      switch self {
      case .begin(let lane, _), .flush(let lane), .run(let lane): lane
      }
    }
  }

  /// The lane whose next entry is the earliest; nil while a lane that may hold an earlier one is not
  /// ready. Lanes that have nothing at hand are brought on first.
  ///
  /// A live lane that is quiet keeps no entries of the present waiting, whose like it would have given by now.
  private func nextTurn() -> Turn? {
    var best: Lane?
    var quietAt = Timestamp.unknown
    if preludes > 0, lanes.prefix(preludes).allSatisfy(\.isDrained) { endPreludes() }
    for index in 0..<(preludes > 0 ? preludes : lanes.count) {
      let lane = lanes[index]
      if lane.current == nil {
        if let batch = lane.takeReady() { return .begin(lane, batch) }
        if lane.needsFlush { return .flush(lane) }
        if lane.isDrained { continue }
        guard lane.quietAt.isKnown else { return nil }
        quietAt = quietAt.isKnown ? min(quietAt, lane.quietAt) : lane.quietAt
        continue
      }
      if best.map({ lane.headTime < $0.headTime }) ?? true { best = lane }
    }
    guard let best, !quietAt.isKnown || best.isLive(at: quietAt) else { return nil }
    return .run(best)
  }

  /// Hands what the preludes leave open to the lane that follows, which is the only one from now on.
  private func endPreludes() {
    for lane in lanes.prefix(preludes) { lanes[lanes.count - 1].adopt(lane) }
    lanes.removeFirst(preludes)
    preludes = 0
    depth = workers + 2
    gate.broadcast()
  }

  /// Does it; returns a batch that is used up.
  private func take(_ turn: Turn) -> Batch? {
    switch turn {
    case .begin(let lane, let batch):
      return lane.begin(batch, &seamStages, worker: workers, target)
    case .flush(let lane):
      lane.flush(&seamStages, worker: workers, target)
      return nil
    case .run(let lane):
      guard let batch = lane.current else { return nil }
      let end = lane.runEnd(in: batch, before: lanes.count == 1 ? nil : otherHead(than: lane))
      if end > lane.next { target.take(batch, lane.next..<end) }
      lane.next = end
      return end == batch.entries.count ? lane.step(target) : nil
    }
  }

  /// The earliest head among the other lanes, and whether a tie goes to the lane asked about.
  private func otherHead(than lane: Lane) -> Lane.Limit? {
    var limit: Lane.Limit?
    for other in lanes where other !== lane && other.current != nil {
      let head = other.headTime
      if limit.map({ head < $0.time }) ?? true {
        limit = Lane.Limit(time: head, includesTies: lane.number < other.number)
      }
    }
    return limit
  }
}
