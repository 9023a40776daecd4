internal import Bytes
internal import Model

/// One source on its way through the feed: what was read, what is ready, what is being merged.
///
/// Guarded by the feed's gate, save what belongs to the batch being merged, which only the merging
/// worker touches.
final class Lane {
  /// Up to where a run of entries may go on before another source has its turn.
  struct Limit {
    var time: Timestamp
    var includesTies: Bool
  }

  let number: Int
  let supply: any BatchSupply
  var isBeingRead = false
  var hasEnded = false
  var inFlight = 0
  var sequence = 0
  var ready: [Batch] = []

  /// The batch being merged, and which of its entries is next.
  private(set) var current: Batch?
  var next = 0
  /// A batch of the feed whose start was joined to the carry; it follows when the joint is used up.
  private var following: (batch: Batch, entry: Int)?
  private let joint: Batch
  private var merged = 0
  private var line: Int64 = 1
  private var lastTime = Timestamp.unknown
  private var carry = Carry()

  init(number: Int, supply: any BatchSupply, joint: Batch) {
    self.number = number
    self.supply = supply
    self.joint = joint
  }

  /// Nothing is left of it, now or later.
  var isDrained: Bool { hasEnded && inFlight == 0 && current == nil && carry.isEmpty }

  /// All was merged but what had been left undecided.
  var needsFlush: Bool { hasEnded && inFlight == 0 && current == nil && !carry.isEmpty }

  var hasNext: Bool { ready.contains { $0.sequence == merged } }

  /// The time of the next entry.
  var headTime: Timestamp {
    guard let batch = current, next < batch.entries.count else { return .unknown }
    return batch.entries[next].time
  }

  /// Takes the batch whose turn it is off the ready ones.
  func takeReady() -> Batch? {
    guard let index = ready.firstIndex(where: { $0.sequence == merged }) else { return nil }
    merged += 1
    return ready.remove(at: index)
  }

  /// Begins the merge of a batch, joined to what the one before left undecided; returns the batches
  /// that are used up by it already.
  func begin<Chain: WorkerChain & ~Copyable>(
    _ batch: Batch, _ stages: inout Chain, worker: Int, _ target: any MergeTarget
  ) -> Batch? {
    if batch.tick.isKnown {
      if !carry.isEmpty { flush(&stages, worker: worker, target) }
      following = (batch, 0)
      return current == nil ? step(target) : nil
    }
    guard !carry.isEmpty else {
      batch.firstLine = line
      line += Int64(batch.frames.lines)
      carry.keepTail(of: batch, firstLine: line)
      return open(batch, from: 0, target)
    }
    joint.worker = worker
    joint.source = batch.source
    batch.firstLine = carry.firstLine + Int64(carry.lineCount)
    let decidedLines = batch.frames.lines
    switch Seam.join(carry, to: batch, into: joint, &stages) {
    case .upTo(let entry):
      line = batch.firstLine + Int64(decidedLines)
      carry.keepTail(of: batch, firstLine: line)
      following = (batch, entry)
      return open(joint, from: 0, target)
    case .everything:
      line = joint.firstLine + Int64(joint.frames.lines)
      carry.keepTail(of: joint, firstLine: line)
      return open(joint, from: 0, target) ?? batch
    }
  }

  /// Decides what is open, because the source was quiet or has ended.
  func flush<Chain: WorkerChain & ~Copyable>(
    _ stages: inout Chain, worker: Int, _ target: any MergeTarget
  ) {
    joint.worker = worker
    joint.source = number
    Seam.flush(carry, into: joint, &stages)
    line = joint.firstLine + Int64(joint.frames.lines)
    carry.removeAll()
    _ = open(joint, from: 0, target)
  }

  /// Goes on after the current batch is used up; returns a batch that the feed may use again.
  func step(_ target: any MergeTarget) -> Batch? {
    let done = current
    current = nil
    if let (batch, entry) = following {
      following = nil
      if batch.tick.isKnown {
        target.tick(batch)
        return batch
      }
      return open(batch, from: entry, target)
    }
    return done === joint ? nil : done
  }

  /// Where the run from `next` ends that comes before `limit`; at least one entry.
  func runEnd(in batch: Batch, before limit: Limit?) -> Int {
    guard let limit else { return batch.entries.count }
    var end = min(next + 1, batch.entries.count)
    while end < batch.entries.count {
      let time = batch.entries[end].time
      guard limit.includesTies ? time <= limit.time : time < limit.time else { break }
      end += 1
    }
    return end
  }

  private func open(_ batch: Batch, from first: Int, _ target: any MergeTarget) -> Batch? {
    inheritTimes(batch, from: first)
    target.open(batch)
    current = batch
    next = first
    return first < batch.entries.count ? nil : step(target)
  }

  private func inheritTimes(_ batch: Batch, from first: Int) {
    var last = lastTime
    for index in first..<max(first, batch.entries.count) {
      if batch.entries[index].time.isKnown {
        last = batch.entries[index].time
      } else if last.isKnown {
        batch.entries[index].time = last
        batch.entries[index].timeSource = .inherited
      }
    }
    lastTime = last
  }
}
