import Model

/// logfmt: pairs on a line, the message in quotes, a stack trace as one more pair.
struct LogfmtFormat: Sendable {
  private var pool = PiecePool()
  /// By instance, the pairs that never change.
  private var fixed: [Piece] = []

  init(_ landscape: Landscape) {
    for instance in landscape.instances {
      let name = landscape.services[instance.service].program.name
      fixed.append(pool.add(" service=\(name) host=\(landscape.hosts[instance.host]) pid="))
    }
  }

  mutating func write(
    _ entry: EntryContext, _ wording: inout Wording, into buffer: inout FrameBuffer
  ) {
    buffer.append("time=")
    wording.clock.rfc3339(entry.time, digits: 3, into: &buffer)
    buffer.append(" level=")
    buffer.append(JSONLinesFormat.lowerLevel(entry.severity))
    buffer.append(fixed[entry.instance], of: pool)
    buffer.decimal(entry.process.pid)
    buffer.append(" msg=\"")
    wording.message(entry, into: &buffer)
    buffer.append(0x22)
    if entry.isInRequest {
      buffer.append(" trace_id=")
      wording.trace(entry, into: &buffer)
      buffer.append(" span_id=")
      buffer.hex(entry.span, digits: 16)
    }
    if entry.hasStackTrace {
      buffer.append(" stack=\"")
      wording.stackTrace(entry, into: &buffer)
      buffer.append(0x22)
    }
    buffer.append(0x0a)
  }
}
