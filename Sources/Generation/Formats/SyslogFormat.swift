import Model

/// syslog over the wire: RFC 3164 and RFC 5424, one line an entry, stack traces on lines behind it.
struct SyslogFormat: Sendable {
  enum Dialect: Sendable { case rfc3164, rfc5424 }

  private var pool = PiecePool()
  /// By instance: host and program as they stand in the header.
  private var sources: [Piece] = []
  private let hasProcess: [Bool]
  private let facilities: [Int]
  private let dialect: Dialect
  private var sequence = 0

  init(_ landscape: Landscape, _ dialect: Dialect) {
    self.dialect = dialect
    hasProcess = landscape.instances.map { !landscape.services[$0.service].program.unit.isEmpty }
    facilities = landscape.instances.map { landscape.services[$0.service].program.facility }
    for instance in landscape.instances {
      let name = landscape.services[instance.service].program.name
      sources.append(pool.add(" \(landscape.hosts[instance.host]) \(name)"))
    }
  }

  mutating func write(
    _ entry: EntryContext, _ wording: inout Wording, into buffer: inout FrameBuffer
  ) {
    sequence += 1
    buffer.append(0x3c)
    buffer.decimal(facilities[entry.instance] * 8 + entry.severity.syslogNumber)
    switch dialect {
    case .rfc3164: header3164(entry, &wording, &buffer)
    case .rfc5424: header5424(entry, &wording, &buffer)
    }
    wording.prefixedMessage(entry, into: &buffer)
    buffer.append(0x0a)
    if entry.hasStackTrace {
      wording.stackTrace(entry, into: &buffer)
      buffer.append(0x0a)
    }
  }

  private func header3164(
    _ entry: EntryContext, _ wording: inout Wording, _ buffer: inout FrameBuffer
  ) {
    buffer.append(0x3e)
    wording.clock.rfc3164(entry.time, into: &buffer)
    buffer.append(sources[entry.instance], of: pool)
    if hasProcess[entry.instance] {
      buffer.append(0x5b)
      buffer.decimal(entry.process.pid)
      buffer.append(0x5d)
    }
    buffer.append(": ")
  }

  private func header5424(
    _ entry: EntryContext, _ wording: inout Wording, _ buffer: inout FrameBuffer
  ) {
    buffer.append(">1 ")
    wording.clock.rfc3339(entry.time, digits: 6, into: &buffer)
    buffer.append(sources[entry.instance], of: pool)
    buffer.append(0x20)
    if hasProcess[entry.instance] {
      buffer.decimal(entry.process.pid)
    } else {
      buffer.append(0x2d)
    }
    buffer.append(" M")
    buffer.hex(UInt64(entry.template), digits: 3)
    buffer.append(" [meta sequenceId=\"")
    buffer.decimal(sequence % 2_147_483_647)
    buffer.append("\"]")
    if entry.isInRequest {
      buffer.append("[opentelemetry trace_id=\"")
      wording.trace(entry, into: &buffer)
      buffer.append("\" span_id=\"")
      buffer.hex(entry.span, digits: 16)
      buffer.append("\" trace_flags=\"01\"]")
    }
    buffer.append(0x20)
  }
}
