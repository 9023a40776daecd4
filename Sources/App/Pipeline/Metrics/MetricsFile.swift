internal import Bytes
internal import Model
internal import Output
internal import Sampling
internal import Synchronization

/// The file of `--metrics`: replaced at an interval by a thread beside the stream, and at the end.
///
/// The thread belongs to the edge: it reads the clock and /proc, and nothing that it does can show on
/// stdout. What can't be written is said once on stderr, and fails the run.
final class MetricsFile: Sendable {
  /// How long before it writes the thread asks the merge for a snapshot: time for a batch or a tick.
  private static let lead: Int64 = 100

  private static let collecting = MetricDefinition(
    "taffrail_metrics_sample_seconds", "Seconds that it took to read the machine's state.",
    .histogram(buckets: MetricDefinition.latencyBuckets))
  private static let writes = MetricDefinition(
    "taffrail_metrics_writes_total", "Times that this file was written.", .counter)
  private static let failures = MetricDefinition(
    "taffrail_metrics_write_failures_total", "Times that this file could not be written.",
    .counter)

  let board = MetricsBoard()
  private let path: String
  /// Milliseconds.
  private let interval: Int64
  private let wakeUp: WakeUp?
  private let sampler = Mutex(SystemSampler())
  private let own = MetricRegistry()
  private let failure = Atomic<Int32>(0)

  /// Writes the file for the first time, so that what can't be written is told before anything is read.
  ///
  /// - Parameter interval: nanoseconds.
  init(_ path: String, interval: Int64) throws(SinkFailure) {
    self.path = path
    self.interval = max(interval / 1_000_000, 1)
    wakeUp = try? WakeUp()
    write([])
    let number = failure.load(ordering: .relaxed)
    if number != 0 { throw SinkFailure(name: path, errno: number) }
  }

  /// Writes at the interval until `finish`; nothing where the system gives no thread.
  func start() -> BackgroundThread? {
    guard let wakeUp else { return nil }
    return BackgroundThread {
      let lead = min(Self.lead, self.interval / 2)
      while true {
        if Self.sleep(self.interval - lead, wakeUp) { return }
        self.board.ask()
        if Self.sleep(lead, wakeUp) { return }
        self.write(self.board.latest)
      }
    }
  }

  /// Stops the thread and writes the run's last values; the failure where the file can't be written.
  func finish(_ families: [MetricFamily], _ thread: BackgroundThread?) -> SinkFailure? {
    wakeUp?.call()
    thread?.join()
    write(families)
    let number = failure.load(ordering: .relaxed)
    return number == 0 ? nil : SinkFailure(name: path, errno: number)
  }

  /// Whether the wake-up came before the time was over.
  private static func sleep(_ milliseconds: Int64, _ wakeUp: WakeUp) -> Bool {
    Descriptors.wait(for: [wakeUp.number], milliseconds: Int32(clamping: milliseconds)) != 0
  }

  private func write(_ families: [MetricFamily]) {
    let started = ContinuousClock.now
    let machine = sampler.withLock { $0.sample() }
    own.observe(started.duration(to: .now) / .seconds(1), in: Self.collecting)
    own.add(to: Self.writes)
    own.add(0, to: Self.failures)
    switch Exposition.replace(path, with: families + machine + own.collect()) {
    case .written: failure.store(0, ordering: .relaxed)
    case .closed: note(failed: 32)
    case .failed(let errno): note(failed: errno)
    }
  }

  private func note(failed number: Int32) {
    own.add(to: Self.failures)
    failure.store(number, ordering: .relaxed)
  }
}
