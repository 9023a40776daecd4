import Model

/// Application JSON, one object a line, as five loggers write it; programs of the system as ECS.
struct JSONLinesFormat: Sendable {
  private enum Logger: Sendable { case zap, logrus, pino, ecs, python, bunyan }

  private let loggers: [Logger]
  private var pool = PiecePool()
  /// By instance, the pairs that never change, with the comma in front.
  private var fixed: [Piece] = []

  init(_ landscape: Landscape) {
    loggers = landscape.services.enumerated().map { index, service in
      switch service.program.style {
      case .go: index % 2 == 0 ? .zap : .logrus
      case .node: index % 2 == 0 ? .pino : .bunyan
      case .python: .python
      case .java, .system, .native: .ecs
      }
    }
    for instance in landscape.instances {
      let name = landscape.services[instance.service].program.name
      let host = landscape.hosts[instance.host]
      let text =
        switch loggers[instance.service] {
        case .zap, .logrus: ",\"service\":\"\(name)\",\"host\":\"\(host)\""
        case .pino, .bunyan: ",\"name\":\"\(name)\",\"hostname\":\"\(host)\""
        case .ecs:
          ",\"ecs.version\":\"1.2.0\",\"service.name\":\"\(name)\",\"host.name\":\"\(host)\""
        case .python: ",\"service\":\"\(name)\",\"hostname\":\"\(host)\""
        }
      fixed.append(pool.add(text))
    }
  }

  mutating func write(
    _ entry: EntryContext, _ wording: inout Wording, into buffer: inout FrameBuffer
  ) {
    let logger = loggers[entry.service]
    switch logger {
    case .zap:
      buffer.append("{\"level\":\"")
      buffer.append(JSONLinesFormat.lowerLevel(entry.severity))
      buffer.append("\",\"ts\":")
      buffer.decimal(Int(entry.time.nanoseconds / 1_000_000_000))
      buffer.append(0x2e)
      buffer.decimal(Int(entry.time.nanoseconds / 1000 % 1_000_000), digits: 6)
      pair(",\"caller\":\"", &buffer) { wording.logger(entry, into: &$0) }
      message("msg", entry, &wording, &buffer)
    case .logrus:
      buffer.append("{\"level\":\"")
      buffer.append(JSONLinesFormat.lowerLevel(entry.severity))
      buffer.append(0x22)
      message("msg", entry, &wording, &buffer)
      buffer.append(",\"time\":\"")
      wording.clock.rfc3339(entry.time, digits: 0, into: &buffer)
      buffer.append(0x22)
    case .pino, .bunyan:
      buffer.append(logger == .bunyan ? "{\"v\":0,\"level\":" : "{\"level\":")
      buffer.append(JSONLinesFormat.numberedLevel(entry.severity))
      buffer.append(",\"time\":")
      if logger == .bunyan {
        buffer.append(0x22)
        wording.clock.rfc3339(entry.time, digits: 3, into: &buffer)
        buffer.append(0x22)
      } else {
        buffer.decimal(Int(entry.time.nanoseconds / 1_000_000))
      }
      buffer.append(",\"pid\":")
      buffer.decimal(entry.process.pid)
      message("msg", entry, &wording, &buffer)
    case .ecs:
      buffer.append("{\"@timestamp\":\"")
      wording.clock.rfc3339(entry.time, digits: 3, into: &buffer)
      buffer.append("\",\"log.level\":\"")
      buffer.append(Wording.level(entry.severity))
      buffer.append(0x22)
      message("message", entry, &wording, &buffer)
      pair(",\"log.logger\":\"", &buffer) { wording.logger(entry, into: &$0) }
    case .python:
      buffer.append("{\"asctime\":\"")
      wording.clock.date(entry.time, into: &buffer)
      buffer.append(0x20)
      wording.clock.time(entry.time, into: &buffer)
      buffer.append(0x2c)
      buffer.decimal(Int(entry.time.nanoseconds / 1_000_000 % 1000), digits: 3)
      buffer.append("\",\"levelname\":\"")
      buffer.append(JSONLinesFormat.pythonLevel(entry.severity))
      pair("\",\"name\":\"", &buffer) { wording.logger(entry, into: &$0) }
      message("message", entry, &wording, &buffer)
    }
    buffer.append(fixed[entry.instance], of: pool)
    context(logger, entry, wording, &buffer)
    buffer.append("}\n")
  }

  private func context(
    _ logger: Logger, _ entry: EntryContext, _ wording: Wording, _ buffer: inout FrameBuffer
  ) {
    let isECS = logger == .ecs
    if entry.isInRequest {
      buffer.append(isECS ? ",\"trace.id\":\"" : ",\"trace_id\":\"")
      wording.trace(entry, into: &buffer)
      buffer.append(isECS ? "\",\"span.id\":\"" : "\",\"span_id\":\"")
      buffer.hex(entry.span, digits: 16)
      buffer.append(0x22)
    }
    if entry.hasStackTrace {
      switch logger {
      case .zap, .logrus: buffer.append(",\"stacktrace\":\"")
      case .pino, .bunyan: buffer.append(",\"stack\":\"")
      case .ecs: buffer.append(",\"error.stack_trace\":\"")
      case .python: buffer.append(",\"exc_info\":\"")
      }
      wording.stackTrace(entry, into: &buffer)
      buffer.append(0x22)
    }
  }

  private func message(
    _ key: String, _ entry: EntryContext, _ wording: inout Wording, _ buffer: inout FrameBuffer
  ) {
    buffer.append(",\"")
    buffer.append(key)
    buffer.append("\":\"")
    wording.message(entry, into: &buffer)
    buffer.append(0x22)
  }

  private func pair(
    _ head: String, _ buffer: inout FrameBuffer, _ value: (inout FrameBuffer) -> Void
  ) {
    buffer.append(head)
    value(&buffer)
    buffer.append(0x22)
  }

  static func lowerLevel(_ severity: Severity) -> String {
    switch severity {
    case .trace, .debug: "debug"
    case .warning: "warning"
    case .error: "error"
    case .critical, .alert, .emergency: "fatal"
    case .unknown, .info, .notice: "info"
    }
  }

  private static func pythonLevel(_ severity: Severity) -> String {
    switch severity {
    case .trace, .debug: "DEBUG"
    case .warning: "WARNING"
    case .error: "ERROR"
    case .critical, .alert, .emergency: "CRITICAL"
    case .unknown, .info, .notice: "INFO"
    }
  }

  private static func numberedLevel(_ severity: Severity) -> String {
    switch severity {
    case .trace, .debug: "20"
    case .warning: "40"
    case .error: "50"
    case .critical, .alert, .emergency: "60"
    case .unknown, .info, .notice: "30"
    }
  }
}
