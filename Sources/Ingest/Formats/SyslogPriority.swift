import Bytes
import Model

/// The `<PRI>` before a syslog message (RFC 5424 section 6.2.1): facility · 8 + severity.
struct SyslogPriority {
  var value: Int
  /// Offset behind the `>`.
  var end: Int

  /// Reads `<0>` to `<191>` at the text's start; nil for anything else.
  @inline(__always)
  static func read(_ text: Span<UInt8>) -> SyslogPriority? {
    guard text.count >= 4, text[0] == 0x3c else { return nil }
    let end = text.digitsEnd(1)
    guard end > 1, end <= 4, text.holds(0x3e, at: end) else { return nil }
    let value = text.digits(1, end - 1)
    guard value <= 191, end == 2 || text[1] != 0x30 else { return nil }
    return SyslogPriority(value: value, end: end + 1)
  }

  /// Notes the severity in an entry and, where fields are kept, priority and facility.
  @inline(__always)
  func note(_ text: FrameText, _ keepsFields: Bool, into entry: inout Entry, in batch: Batch) {
    if let severity = Severity(syslog: value & 7) {
      entry.severity = severity
      entry.severitySource = .priority
    }
    if keepsFields { noteFields(text, in: batch) }
  }

  private func noteFields(_ text: FrameText, in batch: Batch) {
    batch.fields.append(Field(SyslogFields.priority, text.range(1, end - 1), kind: .number))
    let facility = value >> 3
    let side = batch.arenas.side
    let at = side.count
    if facility > 9 { side.append(0x30 + UInt8(facility / 10)) }
    guard side.append(0x30 + UInt8(facility % 10)) else { return }
    batch.fields.append(
      Field(
        SyslogFields.facility, ByteRange(at, count: side.count - at, inSide: true), kind: .number))
  }
}

/// Catalogue numbers of syslog's fields, looked up once.
enum SyslogFields {
  static let priority = WellKnownField.priority.name
  static let facility = WellKnownField.facility.name
  static let messageID = WellKnownField.messageID.name
}
