import Bytes
import Model

extension SourceFormat {
  /// Lines of text without streams, which lines without a header of their own continue.
  var isText: Bool { self == .plain || self == .logfmt || self == .pack }
}

extension Entry {
  /// Its line began with a stamp, a level behind a time of day, or another format's header.
  var hasHeader: Bool {
    timeSource == .stamp || format != .plain || severitySource == .field
  }

  /// Counts the fields that were appended to the batch for it since `fieldStart`.
  mutating func countFields(of batch: Batch) {
    let count = batch.fields.count - Int(fieldStart)
    fieldCount = UInt16(truncatingIfNeeded: min(max(0, count), Int(UInt16.max)))
  }

  /// Takes over what the entry inside its message says; place, stream and format stay its own.
  mutating func adopt(_ inner: Entry) {
    message = inner.message
    if inner.time.isKnown {
      time = inner.time
      timeDigits = inner.timeDigits
      timeSource = inner.timeSource
    }
    if inner.severity != .unknown {
      severity = inner.severity
      severitySource = inner.severitySource
    }
    if !inner.host.isNone { host = inner.host }
    if !inner.program.isNone { program = inner.program }
    if !inner.service.isNone { service = inner.service }
    if inner.process >= 0 { process = inner.process }
    if !inner.trace.isEmpty { trace = inner.trace }
    if !inner.cursor.isEmpty { cursor = inner.cursor }
    if inner.context != 0 { context = inner.context }
    flags.formUnion(inner.flags)
  }
}
