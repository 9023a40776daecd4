internal import Bytes
internal import Flow
internal import Glibc
internal import Ingest
internal import Model

/// A source as the feed wants it; the one place where a live run reads a clock.
final class SourceSupply: BatchSupply {
  /// How long a live source may be quiet before what is open is flushed: 50 ms, half of what a person
  /// at a terminal notices.
  private static let quiet = Patience(milliseconds: 50)

  private let source: any BatchSource
  private let isLive: Bool
  let isFollowed: Bool
  let isPrelude: Bool
  private let names: SourceNames
  private let stop: StopSignal
  private let problems: ProblemList
  private let meter: RunMeter

  init(
    _ source: any BatchSource, _ settings: RunSettings, names: SourceNames, stop: StopSignal,
    problems: ProblemList, meter: RunMeter
  ) {
    self.source = source
    isLive = settings.isLive
    isFollowed = settings.follows
    isPrelude = source is FollowedBacklog
    self.names = names
    self.stop = stop
    self.problems = problems
    self.meter = meter
  }

  func fill(_ batch: Batch) -> Supplied {
    if stop.isRaised { source.stop() }
    let wait = isLive ? Self.quiet.milliseconds : -1
    let fill = source.fill(
      batch, limit: 1 << 20, waiting: Patience(milliseconds: wait, wakeUp: stop.descriptor))
    if let follower = source as? FollowReader { names.learn(follower.sources) }
    for problem in source.takeProblems() { problems.add(problem) }
    if batch.arenas.input.count > 0 { meter.read(batch.arenas.input.count) }
    switch fill {
    case .filled: return .filled
    case .idle:
      if stop.isRaised { return self.fill(batch) }
      batch.tick = Self.now
      return .idle
    case .ended: return batch.arenas.input.count > 0 ? .filled : .ended
    }
  }

  static var now: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}
