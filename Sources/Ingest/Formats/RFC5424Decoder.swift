import Bytes
import Flow
import Model

/// Decodes RFC 5424 messages: `<34>1 2026-03-01T09:30:00Z host app 12 ID47 [sd@1 k="v"] text`.
///
/// The header is read strictly (section 6): what breaks its grammar is not syslog. A byte order mark
/// before the message is dropped. Structured data become fields named `id.parameter`; trace and span
/// ids under OpenTelemetry's names are noted as such.
struct RFC5424Decoder {
  private let reader: StampReader
  private let keepsFields: Bool
  private var lastHost = NameMemo()
  private var lastProgram = NameMemo()

  init(_ reader: StampReader, keepsFields: Bool) {
    self.reader = reader
    self.keepsFields = keepsFields
  }

  mutating func forgetNames() {
    lastHost.forget()
    lastProgram.forget()
  }

  /// Fills `entry` from a message; false where it is not RFC 5424, with nothing changed.
  mutating func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let bytes = text.bytes
    guard let priority = SyslogPriority.read(bytes) else { return false }
    let versionEnd = bytes.digitsEnd(priority.end)
    guard (1...3).contains(versionEnd - priority.end), bytes[priority.end] != 0x30,
      bytes.holds(0x20, at: versionEnd)
    else { return false }
    let stampAt = versionEnd + 1
    var stamp: Stamp?
    var at = stampAt + 1
    if !bytes.holds(0x2d, at: stampAt) {
      guard let found = strictStamp(bytes, stampAt) else { return false }
      stamp = found
      at = found.end
    }
    var tokens = (host: 0..<0, app: 0..<0, process: 0..<0, message: 0..<0)
    guard let host = token(bytes, &at, 255), let app = token(bytes, &at, 48),
      let process = token(bytes, &at, 128), let messageID = token(bytes, &at, 32),
      bytes.holds(0x20, at: at)
    else { return false }
    tokens = (host, app, process, messageID)
    let dataAt = at + 1
    guard let dataEnd = StructuredData.end(bytes, dataAt),
      dataEnd == bytes.count || bytes[dataEnd] == 0x20
    else { return false }

    entry.format = .syslog
    if let stamp {
      entry.time = stamp.time
      entry.timeDigits = stamp.digits
      entry.timeSource = .stamp
    }
    priority.note(text, keepsFields, into: &entry, in: batch)
    fill(tokens.host, tokens.app, text, &entry, batch, &names)
    entry.process = bytes.processID(tokens.process.lowerBound, tokens.process.upperBound)
    entry.stream ^= StableHash(bytes.extracting(tokens.process)).low | 1
    if !tokens.message.isEmpty {
      batch.fields.append(
        Field(
          SyslogFields.messageID,
          text.range(tokens.message.lowerBound, tokens.message.upperBound)))
    }
    if dataEnd > dataAt + 1 {
      StructuredData.note(text, dataAt, dataEnd, keepsFields, into: &entry, in: batch)
    }
    var body = min(dataEnd + 1, bytes.count)
    if bytes.has("\u{FEFF}", at: body) { body += 3 }
    let message =
      body < bytes.count && RepeatedMessage.mayBegin(with: bytes[body])
      ? RepeatedMessage.note(bytes, body, into: &entry) : body..<bytes.count
    entry.message = text.range(message.lowerBound, message.upperBound)
    if entry.isEcho { batch.echoes += 1 }
    return true
  }

  private mutating func fill(
    _ host: Range<Int>, _ app: Range<Int>, _ text: FrameText, _ entry: inout Entry,
    _ batch: Batch, _ names: inout NameTable
  ) {
    if !host.isEmpty {
      entry.host = lastHost.symbol(text, host.lowerBound, host.upperBound, batch, &names)
      entry.stream = lastHost.hash << 1
    }
    if !app.isEmpty {
      entry.program = lastProgram.symbol(text, app.lowerBound, app.upperBound, batch, &names)
      entry.service = entry.program
      entry.stream ^= lastProgram.hash << 2
    }
  }

  /// RFC 3339 as section 6.2.3 narrows it: upper-case `T` and `Z`, at most six fractional digits.
  private func strictStamp(_ bytes: Span<UInt8>, _ at: Int) -> Stamp? {
    guard bytes.holds(0x54, at: at + 10), bytes.holds(0x3a, at: at + 13),
      let end = bytes.find(0x20, at, at + 34), end >= at + 20,
      bytes[end - 1] == 0x5a || bytes.holds(0x3a, at: end - 3)
    else { return nil }
    if bytes[at + 19] == 0x2e {
      let width = bytes.digitsEnd(at + 20) - at - 20
      guard (1...6).contains(width) else { return nil }
    } else if bytes[at + 19] == 0x2c {
      return nil
    }
    guard let stamp = reader.read(bytes, at), stamp.hasZone, stamp.end == end else { return nil }
    return stamp
  }

  /// A blank and a token of printable ASCII behind it; the range is empty for the nil value `-`.
  private func token(_ bytes: Span<UInt8>, _ at: inout Int, _ limit: Int) -> Range<Int>? {
    guard bytes.holds(0x20, at: at) else { return nil }
    let from = at + 1
    var end = from
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7f { end += 1 }
    guard end > from, end - from <= limit else { return nil }
    at = end
    return end == from + 1 && bytes[from] == 0x2d ? from..<from : from..<end
  }
}
