import Bytes
import Flow
import Model

/// Decodes BSD syslog lines (RFC 3164): `<34>Oct 11 22:14:15 host su[12]: text`, PRI optional, and the
/// same with an RFC 3339 stamp, as rsyslog writes it to files.
///
/// A stamp has no year of its own: it takes the reader's. The kernel's `[123.456789]` is taken off.
/// A file's lines without PRI must have a host or a tag behind the stamp to be syslog.
struct RFC3164Decoder {
  private let reader: StampReader
  private let keepsFields: Bool
  private var stamps = SyslogStamp()
  private var lastHost = NameMemo()
  private var lastProgram = NameMemo()

  init(_ reader: StampReader, keepsFields: Bool) {
    self.reader = reader
    self.keepsFields = keepsFields
  }

  /// To be called where the worker's names were emptied.
  mutating func forgetNames() {
    lastHost.forget()
    lastProgram.forget()
  }

  /// Fills `entry` from a line; false where it is not syslog, with nothing changed.
  mutating func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let bytes = text.bytes
    let priority = SyslogPriority.read(bytes)
    let from = priority?.end ?? 0
    guard from < bytes.count else { return false }
    var at: Int
    if bytes[from].isLetter {
      let time = stamps.read(bytes, from, reader)
      if time.isKnown, !bytes[from &+ SyslogStamp.width].isNameByte,
        bytes[from &+ SyslogStamp.width] == 0x20,
        !isYear(bytes, from &+ SyslogStamp.width &+ 1)
      {
        entry.time = time
        entry.timeDigits = 0
        at = from &+ SyslogStamp.width
      } else {
        guard let stamp = reader.read(bytes, from) else { return false }
        if stamp.hasUnknownZone { entry.flags.insert(.zoneUnknown) }
        entry.time = stamp.time
        entry.timeDigits = stamp.digits
        at = stamp.end
        if bytes.holds(0x3a, at: at) { at &+= 1 }
      }
    } else {
      guard let stamp = reader.read(bytes, from), stamp.hasT || priority != nil,
        stamp.hasZone || priority != nil
      else { return false }
      entry.time = stamp.time
      entry.timeDigits = stamp.digits
      at = stamp.end
    }
    guard at < bytes.count, bytes[at] == 0x20 else { return restored(&entry) }
    let isISO = !bytes[from].isLetter
    guard
      let header = SyslogHeader.read(
        bytes, at &+ 1, isStrict: priority == nil, needsTag: isISO && priority == nil)
    else { return restored(&entry) }
    entry.timeSource = .stamp
    entry.format = .syslog
    if let priority { priority.note(text, keepsFields, into: &entry, in: batch) }
    fill(header, text, &entry, batch, &names)
    return true
  }

  private func restored(_ entry: inout Entry) -> Bool {
    entry.flags.remove(.zoneUnknown)
    entry.time = .unknown
    entry.timeDigits = 0
    return false
  }

  private func isYear(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    guard bytes.holds(0x20, at: at &+ 4) || at &+ 4 == bytes.count else { return false }
    return (1970...2199).contains(bytes.digits(at, 4))
  }

  @inline(__always)
  private mutating func fill(
    _ header: SyslogHeader, _ text: FrameText, _ entry: inout Entry, _ batch: Batch,
    _ names: inout NameTable
  ) {
    let bytes = text.bytes
    var stream: UInt64 = 1
    if header.host.count > 0 {
      entry.host = lastHost.symbol(
        text, header.host.lowerBound, header.host.upperBound, batch, &names)
      stream ^= lastHost.hash
    }
    if header.program.count > 0 {
      entry.program = lastProgram.symbol(
        text, header.program.lowerBound, header.program.upperBound, batch, &names)
      entry.service = entry.program
      entry.process = header.process
      stream ^= lastProgram.hash &* 31
    }
    entry.stream = stream ^ UInt64(UInt32(bitPattern: entry.process)) << 20 | 1
    var body = header.message
    if header.program.count == 6, bytes.holds(0x5b, at: body),
      bytes.extracting(header.program).equals("kernel")
    {
      body = SyslogHeader.kernelPrefixEnd(bytes, body)
    }
    if body < bytes.count, RepeatedMessage.mayBegin(with: bytes[body]) {
      let message = RepeatedMessage.note(bytes, body, into: &entry)
      entry.message = text.range(message.lowerBound, message.upperBound)
      if entry.isEcho { batch.echoes += 1 }
      return
    }
    entry.message = text.range(body, bytes.count)
  }
}
