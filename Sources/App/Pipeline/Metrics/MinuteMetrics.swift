internal import Bytes
internal import Flow
internal import Model
internal import Output

/// The lines of `--metric-events`: what each closed minute counted, stamped with the minute's start.
///
/// A function of the stream alone. A gap, in which nothing at all was read, gives no lines, so that it
/// can be told from a zero.
/// - Limits: the `limit` services with most entries in a minute have lines of their own; the others and
///   entries without a service are together under `(other)`.
final class MinuteMetrics {
  static let limit = 200

  private let sink: any LineSink
  private var buffer = ByteBuffer(capacity: 16 << 10)
  private(set) var state = SinkState.open

  init(_ sink: any LineSink) { self.sink = sink }

  func close(_ facts: MinuteFacts, name: (Symbol) -> String) {
    if facts.isGap || state != .open { return }
    buffer.removeAll()
    write("entries", facts, nil, facts.entries)
    write("errors", facts, nil, facts.errors)
    for service in services(of: facts, name) {
      write("service_entries", facts, service.name, service.entries)
      write("service_errors", facts, service.name, service.errors)
    }
    state = sink.write(buffer.span)
  }

  /// By name; `(other)`, where there is one, last.
  private func services(
    of facts: MinuteFacts, _ name: (Symbol) -> String
  ) -> [(name: String, entries: Int, errors: Int)] {
    var named = facts.services.filter { $0.service.index > NameDirectory.overflow.index }
      .map { (name: name($0.service), entries: $0.entries, errors: $0.errors) }
    if named.count > Self.limit {
      named.sort { $0.entries != $1.entries ? $0.entries > $1.entries : $0.name < $1.name }
      named.removeSubrange(Self.limit...)
    }
    let entries = facts.entries - named.reduce(0) { $0 + $1.entries }
    let errors = facts.errors - named.reduce(0) { $0 + $1.errors }
    named.sort { $0.name < $1.name }
    if entries > 0 { named.append((ServiceMetrics.other, entries, errors)) }
    return named
  }

  private func write(_ name: String, _ facts: MinuteFacts, _ service: String?, _ value: Int) {
    MetricJSON.write(
      at: facts.minute.start, name: "taffrail_\(name)_per_minute",
      labels: service.map { [("service", $0)] } ?? [], value: Double(value), to: &buffer)
  }
}
