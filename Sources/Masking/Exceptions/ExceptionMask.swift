internal import Bytes
package import Model

/// Reads the fingerprint of an entry with a stack trace.
///
/// The trace is taken from `error.stack_trace` where there is one, else from the message.
package enum ExceptionMask {
  /// The entry's fingerprint; nil where no trace could be read.
  package static func fingerprint(
    _ entry: Entry, in batch: Batch, _ lists: FrameLists
  ) -> ExceptionFingerprint? {
    let arenas = batch.arenas
    var type = ByteRange.empty
    for index in entry.fieldRange where index < batch.fields.count {
      let field = batch.fields[index]
      if field.name == WellKnownField.errorType.name { type = field.value }
      guard field.name == WellKnownField.stackTrace.name else { continue }
      var found = StackTraceReader.read(arenas.bytes(field.value)).fingerprint(lists)
      guard !found.frames.isEmpty else { continue }
      found.message = firstLine(arenas.bytes(entry.message))
      name(&found, arenas.bytes(type))
      return found
    }
    var found = StackTraceReader.read(arenas.bytes(entry.message)).fingerprint(lists)
    guard !found.frames.isEmpty else { return nil }
    name(&found, arenas.bytes(type))
    return found
  }

  /// Puts the type that a field names in front, unless the trace names it.
  private static func name(_ fingerprint: inout ExceptionFingerprint, _ type: Span<UInt8>) {
    // One line: a line feed ends a fingerprint.
    let name = TraceType.copy(type).map { $0 < 0x20 ? 0x20 : $0 }
    guard !name.isEmpty else { return }
    let all = fingerprint.text
    if contains(all, name) { return }
    fingerprint.types.insert(name, at: 0)
  }

  private static func firstLine(_ message: Span<UInt8>) -> [UInt8] {
    var line: [UInt8] = []
    for index in 0..<min(message.count, StackTrace.messageLimit) {
      if message[index] == 0x0a { break }
      line.append(message[index])
    }
    return line
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, part.count <= text.count else { return part.isEmpty }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
