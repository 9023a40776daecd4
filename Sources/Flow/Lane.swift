internal import Bytes
internal import Model

/// One source on its way through the feed: what was read, what is ready, what is being merged.
///
/// Guarded by the feed's gate, save what belongs to the batch being merged, which only the merging
/// worker touches.
final class Lane {
  /// What the next batch of a source goes on from.
  private struct SourceState {
    var line: Int64 = 1
    var lastTime = Timestamp.unknown
    var carry = Carry()

    var isUsed: Bool { line > 1 || lastTime.isKnown || !carry.isEmpty }
  }

  /// Up to where a run of entries may go on before another source has its turn.
  struct Limit {
    var time: Timestamp
    var includesTies: Bool
  }

  /// Five minutes, in nanoseconds: a source whose last stamp is as near to the clock is live.
  private static let near: Int64 = 300_000_000_000

  let number: Int
  let supply: any BatchSupply
  let isPrelude: Bool
  /// The least number of its sources.
  let firstSource: Int
  var isBeingRead = false
  var hasEnded = false
  var inFlight = 0
  var sequence = 0
  var ready: [Batch] = []
  /// The edge's clock when it was last found quiet, with nothing since; unknown as long as something is at
  /// hand or awaited.
  private(set) var quietAt = Timestamp.unknown

  /// The batch being merged, and which of its entries is next.
  private(set) var current: Batch?
  var next = 0
  /// A batch of the feed whose start was joined to the carry; it follows when the joint is used up.
  private var following: (batch: Batch, entry: Int)?
  private let joint: Batch
  private var merged = 0
  /// By source number: a lane of followed files has several.
  private var sources: [SourceState] = []

  /// - Parameter namesSources: its supply numbers its sources itself, from 0 on.
  init(number: Int, supply: any BatchSupply, namesSources: Bool, joint: Batch) {
    self.number = number
    self.supply = supply
    isPrelude = supply.isPrelude
    firstSource = namesSources ? 0 : number
    self.joint = joint
  }

  /// Goes on with the sources of a lane of which nothing more is to come.
  func adopt(_ prelude: Lane) {
    while sources.count < prelude.sources.count { sources.append(SourceState()) }
    for source in prelude.sources.indices where prelude.sources[source].isUsed {
      sources[source] = prelude.sources[source]
    }
  }

  /// Nothing is left of it, now or later.
  var isDrained: Bool {
    hasEnded && inFlight == 0 && current == nil && (isPrelude || openSource == nil)
  }

  /// All was merged but what had been left undecided.
  var needsFlush: Bool {
    hasEnded && inFlight == 0 && current == nil && openSource != nil && !isPrelude
  }

  /// The first source with something left undecided.
  private var openSource: Int? { sources.firstIndex { !$0.carry.isEmpty } }

  var hasNext: Bool { ready.contains { $0.sequence == merged } }

  /// The time of the next entry.
  var headTime: Timestamp {
    guard let batch = current, next < batch.entries.count else { return .unknown }
    return batch.entries[next].time
  }

  /// Whether its next entry is of the present, as a quiet lane's clock tells it.
  func isLive(at tick: Timestamp) -> Bool {
    let head = headTime
    return head.isKnown && abs(tick.nanoseconds &- head.nanoseconds) <= Self.near
  }

  /// Takes the batch whose turn it is off the ready ones.
  func takeReady() -> Batch? {
    guard let index = ready.firstIndex(where: { $0.sequence == merged }) else { return nil }
    merged += 1
    quietAt = ready[index].tick
    return ready.remove(at: index)
  }

  /// Begins the merge of a batch, joined to what the one before left undecided; returns a batch that is
  /// used up by it already.
  func begin<Chain: WorkerChain & ~Copyable>(
    _ batch: Batch, _ stages: inout Chain, worker: Int, _ target: any MergeTarget
  ) -> Batch? {
    if batch.tick.isKnown {
      for source in sources.indices where isLive(source, at: batch.tick) {
        takeOpen(source, &stages, worker: worker, target)
      }
      target.tick(batch)
      return batch
    }
    while sources.count <= batch.source { sources.append(SourceState()) }
    let source = batch.source
    if batch.offset == 0 { sources[source].line = 1 }
    guard !sources[source].carry.isEmpty else {
      batch.firstLine = sources[source].line
      leave(batch.firstLine + Int64(batch.frames.lines), batch, of: source)
      return open(batch, from: 0, target)
    }
    let carry = sources[source].carry
    batch.firstLine = batch.offset == 0 ? 1 : carry.firstLine + Int64(carry.lineCount)
    let decidedLines = Int64(batch.frames.lines)
    joint.worker = worker
    joint.source = source
    switch Seam.join(carry, to: batch, into: joint, &stages) {
    case .upTo(let entry):
      leave(batch.firstLine + decidedLines, batch, of: source)
      following = (batch, entry)
      return open(joint, from: 0, target)
    case .everything:
      // All of it is in the joint: nothing of the batch itself will be taken.
      batch.firstEntry = batch.entries.count
      leave(joint.firstLine + Int64(joint.frames.lines), joint, of: source)
      return open(joint, from: 0, target) ?? batch
    }
  }

  /// Decides what is open, because the sources have ended.
  func flush<Chain: WorkerChain & ~Copyable>(
    _ stages: inout Chain, worker: Int, _ target: any MergeTarget
  ) {
    guard let source = openSource else { return }
    decide(source, &stages, worker: worker)
    _ = open(joint, from: 0, target)
  }

  /// Decides what is open of a source that is quiet, and hands it on at once.
  private func takeOpen<Chain: WorkerChain & ~Copyable>(
    _ source: Int, _ stages: inout Chain, worker: Int, _ target: any MergeTarget
  ) {
    decide(source, &stages, worker: worker)
    inheritTimes(joint, from: 0)
    for index in joint.entries.indices { joint.entries[index].flags.insert(.closedByClock) }
    target.announce(joint)
    target.open(joint)
    target.take(joint, 0..<joint.entries.count)
    target.release(joint)
  }

  /// Whether what a quiet source left open is decided by the clock: an archive that comes through a slow
  /// pipe, as its old stamps tell, waits for the lines that follow.
  private func isLive(_ source: Int, at tick: Timestamp) -> Bool {
    guard !sources[source].carry.isEmpty else { return false }
    let last = sources[source].lastTime
    return supply.isFollowed || !last.isKnown
      || abs(tick.nanoseconds &- last.nanoseconds) <= Self.near
  }

  private func decide<Chain: WorkerChain & ~Copyable>(
    _ source: Int, _ stages: inout Chain, worker: Int
  ) {
    joint.worker = worker
    joint.source = source
    Seam.flush(sources[source].carry, into: joint, &stages)
    sources[source].line = joint.firstLine + Int64(joint.frames.lines)
    sources[source].carry.removeAll()
  }

  /// Notes from which line the source goes on, and what the batch left undecided.
  private func leave(_ line: Int64, _ batch: Batch, of source: Int) {
    sources[source].line = line
    sources[source].carry.keepTail(of: batch, firstLine: line)
  }

  /// Goes on after the current batch is used up; returns a batch that the feed may use again.
  func step(_ target: any MergeTarget) -> Batch? {
    let done = current
    current = nil
    if done === joint { target.release(joint) }
    if let (batch, entry) = following {
      following = nil
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
    batch.firstEntry = first
    if batch === joint { target.announce(joint) }
    target.open(batch)
    current = batch
    next = first
    return first < batch.entries.count ? nil : step(target)
  }

  private func inheritTimes(_ batch: Batch, from first: Int) {
    let source = batch.source
    var last = sources[source].lastTime
    for index in first..<max(first, batch.entries.count) {
      if batch.entries[index].time.isKnown {
        last = batch.entries[index].time
      } else if last.isKnown, !batch.keepsTimes {
        batch.entries[index].time = last
        batch.entries[index].timeSource = .inherited
      }
    }
    sources[source].lastTime = last
  }
}
