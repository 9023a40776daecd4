internal import Bytes
internal import Model

/// The text that stands for an entry with a stack trace: exceptions and frames of the application.
///
/// `java.lang.IllegalStateException <- com.acme.OrderBook.match <- com.acme.Engine.run`: the root cause
/// first, then what it led to, then frames without lines, addresses and generated names. The trace is
/// taken from `error.stack_trace` where there is one, else from the message.
enum ExceptionMask {
  /// Writes the text to `out`; leaves it empty where no trace could be read.
  static func write(_ entry: Entry, in batch: Batch, to out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    let arenas = batch.arenas
    var type = ByteRange.empty
    for index in entry.fieldRange where index < batch.fields.count {
      let field = batch.fields[index]
      if field.name == WellKnownField.errorType.name { type = field.value }
      guard field.name == WellKnownField.stackTrace.name else { continue }
      StackTraceReader.read(arenas.bytes(field.value)).text(into: &out)
    }
    if out.isEmpty {
      StackTraceReader.read(arenas.bytes(entry.message)).text(into: &out)
    } else if !type.isEmpty {
      let name = TraceType.copy(arenas.bytes(type))
      if !out.starts(with: name), !contains(out, name) { out = name + Array(" <- ".utf8) + out }
    }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, part.count <= text.count else { return part.isEmpty }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
