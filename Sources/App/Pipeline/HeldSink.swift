internal import Bytes
internal import Output

/// Holds lines back until it is sure that the run that wrote them stands.
///
/// - Limits: 64 MiB; what would be more releases everything, and the run can't be taken back any more.
final class HeldSink: LineSink {
  private static let limit = 64 << 20

  private let sink: any LineSink
  private var held = ByteBuffer(capacity: 1 << 16)
  /// Whether lines are handed on as they come.
  private(set) var isReleased = false

  init(_ sink: any LineSink) { self.sink = sink }

  func write(_ lines: Span<UInt8>) -> SinkState {
    if isReleased { return sink.write(lines) }
    held.write(lines)
    return held.count > Self.limit ? release() : .open
  }

  func flush() -> SinkState { isReleased ? sink.flush() : .open }

  /// Hands on what was held, and everything from now on.
  func release() -> SinkState {
    if isReleased { return sink.flush() }
    isReleased = true
    let state = sink.write(held.span)
    held.removeAll()
    return state == .open ? sink.flush() : state
  }

  /// Forgets what was held.
  func discard() { held.removeAll() }
}

/// The sinks of a run, held back until it is sure that the run stands.
struct HeldSinks {
  let sinks: EventWriter.Sinks
  private let held: [HeldSink]

  init(_ real: EventWriter.Sinks) {
    var held: [HeldSink] = []
    func hold(_ sink: any LineSink) -> HeldSink {
      let holding = HeldSink(sink)
      held.append(holding)
      return holding
    }
    var sinks = EventWriter.Sinks(main: hold(real.main))
    sinks.insights = real.insights.map { hold($0) }
    sinks.alerts = real.alerts.map { hold($0) }
    sinks.entries = real.entries.map { hold($0) }
    sinks.metricEvents = real.metricEvents.map { hold($0) }
    self.sinks = sinks
    self.held = held
  }

  /// Forgets what was written; false where some of it has gone out already.
  func discard() -> Bool {
    guard held.allSatisfy({ !$0.isReleased }) else { return false }
    for sink in held { sink.discard() }
    return true
  }

  func release() {
    for sink in held { _ = sink.release() }
  }
}
