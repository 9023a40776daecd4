internal import Bytes
package import Model

/// What the rules of security need of an entry whose batch may be gone: its signal, its fields, its words.
///
/// - Limits: the first 16 fields that have a name of their own, 256 bytes of each; 1,024 bytes of the message.
package struct KeptSignal: Sendable {
  private static let fieldLimit = 16
  private static let valueLimit = 256
  private static let messageLimit = 1024

  package let entry: Entry
  private var message: [UInt8] = []
  private var values: [(name: FieldName, kind: FieldKind, bytes: [UInt8])] = []

  /// - Returns: nil for an entry without a signal, and for one that doesn't count.
  package init?(_ entry: Entry, of batch: Batch) {
    guard entry.signal != .none, entry.flags.isDisjoint(with: .notCounted) else { return nil }
    self.entry = entry
    message = Self.copy(entry.message, Self.messageLimit, of: batch)
    let all = 0..<batch.fields.count
    for range in [entry.captureRange, entry.fieldRange] {
      for index in range.clamped(to: all) where values.count < Self.fieldLimit {
        let field = batch.fields[index]
        if field.name == .spelled { continue }
        values.append((field.name, field.kind, Self.copy(field.value, Self.valueLimit, of: batch)))
      }
    }
  }

  private static func copy(_ range: ByteRange, _ limit: Int, of batch: Batch) -> [UInt8] {
    let arenas = batch.arenas
    let bytes = arenas.bytes(range)
    var copy: [UInt8] = []
    copy.reserveCapacity(min(bytes.count, limit))
    for index in 0..<min(bytes.count, limit) { copy.append(bytes[index]) }
    return copy
  }

  /// Makes an otherwise empty batch hold the entry as the line tells of it that says that it came again.
  ///
  /// - Parameters:
  ///   - scratch: with room for a message and the fields (8 KiB).
  ///   - echo: the entry of that line, in `batch`.
  package func place(in scratch: Batch, for echo: Entry, of batch: Batch) {
    scratch.reset()
    scratch.source = batch.source
    scratch.file = batch.file
    scratch.firstLine = batch.firstLine
    var entry = entry
    entry.time = echo.time
    entry.line = echo.line
    entry.weight = echo.weight
    entry.isEcho = true
    entry.flags = EntryFlags(
      rawValue: entry.flags.rawValue & ~EntryFlags.ruleMatch.rawValue
        | EntryFlags.repeated.rawValue)
    entry.frame = .empty
    entry.cursor = .empty
    entry.trace = .empty
    entry.message = Self.put(message, in: scratch)
    entry.captureStart = 0
    entry.captureCount = 0
    entry.fieldStart = 0
    entry.fieldCount = UInt16(values.count)
    for value in values {
      scratch.fields.append(Field(value.name, Self.put(value.bytes, in: scratch), kind: value.kind))
    }
    scratch.entries.append(entry)
  }

  private static func put(_ bytes: [UInt8], in batch: Batch) -> ByteRange {
    batch.arenas.keep(bytes.span) ?? .empty
  }
}
