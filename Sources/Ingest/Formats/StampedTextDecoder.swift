import Bytes
import Flow
import Model

/// Decodes lines of text that begin with a stamp, in the layouts of log4j, logback, Python, nginx,
/// PostgreSQL, Go, Android and their like; the message is what follows the header.
struct StampedTextDecoder {
  private let reader: StampReader

  init(_ reader: StampReader) { self.reader = reader }

  /// Fills `entry` from a line; false where it begins with no stamp, with nothing changed.
  func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let bytes = text.bytes
    if let audit = auditStamp(bytes) {
      note(audit, &entry)
      entry.message = text.whole
      return true
    }
    guard let leading = LeadingStamp.find(bytes, reader) else {
      return decodeTimeOfDay(text, into: &entry, in: batch)
    }
    note(leading.stamp, &entry)
    if leading.keepsPrefix {
      entry.message = text.whole
      if let severity = leading.severity { note(severity, &entry) }
      return true
    }
    let from = behindSecond(bytes, leading.end)
    let bar = bytes.skipBlanks(from)
    if bytes.holds(0x7c, at: bar), let columns = ColumnHeader.read(bytes, bar) {
      fill(columns, text, &entry, batch)
      if entry.severity == .unknown, let severity = leading.severity { note(severity, &entry) }
      return true
    }
    let header = StampedHeader.read(
      bytes, from, level: leading.severity, isColumnar: leading.isColumnar)
    fill(header, text, &entry, batch)
    if entry.process < 0 { entry.process = leading.process }
    return true
  }

  /// `09:30:00.125 [main] INFO shop.Cart - text`, logback's default: a header without a date, told by its
  /// level; the entry has no time of its own.
  private func decodeTimeOfDay(
    _ text: FrameText, into entry: inout Entry, in batch: Batch
  ) -> Bool {
    let bytes = text.bytes
    var parts = StampParts()
    guard bytes.count > 12, bytes[0].isDigit, bytes[2] == 0x3a, parts.readTime(bytes, 0),
      bytes.holds(0x20, at: parts.end)
    else { return false }
    let header = StampedHeader.read(bytes, parts.end)
    guard header.severity != nil else { return false }
    fill(header, text, &entry, batch)
    return true
  }

  /// The offset behind a second stamp, where one follows the first (a wrapper's and the program's own).
  private func behindSecond(_ bytes: Span<UInt8>, _ end: Int) -> Int {
    var at = end
    while at < bytes.count, bytes[at].isBlank || bytes[at] == 0x7c { at += 1 }
    guard at < bytes.count, at > end else { return end }
    let isBracketed = bytes[at] == 0x5b
    let from = isBracketed ? at + 1 : at
    guard from < bytes.count, bytes[from].isDigit, bytes.digitsEnd(from) - from == 4,
      let second = reader.read(bytes, from)
    else { return end }
    return isBracketed && bytes.holds(0x5d, at: second.end) ? second.end + 1 : second.end
  }

  private func note(_ stamp: Stamp, _ entry: inout Entry) {
    entry.time = stamp.time
    entry.timeDigits = stamp.digits
    entry.timeSource = .stamp
    if stamp.hasUnknownZone { entry.flags.insert(.zoneUnknown) }
  }

  private func note(_ severity: Severity, _ entry: inout Entry) {
    entry.severity = severity
    entry.severitySource = .field
  }

  private func fill(
    _ header: StampedHeader, _ text: FrameText, _ entry: inout Entry, _ batch: Batch
  ) {
    if let severity = header.severity { note(severity, &entry) }
    entry.process = header.process
    add(TextFields.threadName, header.thread, text, batch)
    add(TextFields.codeFile, header.file, text, batch)
    if !header.line.isEmpty {
      batch.fields.append(
        Field(
          TextFields.codeLine, text.range(header.line.lowerBound, header.line.upperBound),
          kind: .number))
    }
    if !header.client.isEmpty { addClient(header.client, text, batch) }
    if !header.context.isEmpty { HeaderContext.note(text, header.context, in: batch) }
    var end = text.count
    if header.logger.isEmpty, header.severity != nil,
      let trailing = trailingLogger(text.bytes, header.message)
    {
      add(TextFields.logger, trailing, text, batch)
      end = text.bytes.trimmedEnd(header.message, trailing.lowerBound - 1)
    } else {
      add(TextFields.logger, header.logger, text, batch)
    }
    entry.message = text.range(min(header.message, end), end)
  }

  private func add(_ name: FieldName, _ range: Range<Int>, _ text: FrameText, _ batch: Batch) {
    guard !range.isEmpty else { return }
    batch.fields.append(Field(name, text.range(range.lowerBound, range.upperBound)))
  }

  /// `192.0.2.1:80`, or an address alone.
  private func addClient(_ client: Range<Int>, _ text: FrameText, _ batch: Batch) {
    let bytes = text.bytes
    var colon = client.upperBound
    while colon > client.lowerBound, bytes[colon - 1].isDigit { colon -= 1 }
    let hasPort =
      colon < client.upperBound && colon > client.lowerBound + 1 && bytes[colon - 1] == 0x3a
    let end = hasPort ? colon - 1 : client.upperBound
    add(TextFields.sourceAddress, client.lowerBound..<end, text, batch)
    if hasPort {
      batch.fields.append(
        Field(TextFields.sourcePort, text.range(colon, client.upperBound), kind: .number))
    }
  }

  /// The dotted name in parentheses that ends the line, as Kafka's layout writes it.
  private func trailingLogger(_ bytes: Span<UInt8>, _ from: Int) -> Range<Int>? {
    guard bytes.count > from + 4, bytes[bytes.count - 1] == 0x29 else { return nil }
    let end = bytes.count - 1
    var at = end
    while at > from, end - at < 120, bytes[at - 1] != 0x28, !bytes[at - 1].isBlank { at -= 1 }
    guard at > from + 1, bytes[at - 1] == 0x28, bytes[at - 2] == 0x20,
      HeaderToken.isDottedName(bytes, at, end)
    else { return nil }
    return at..<end
  }

  /// Column by column: a level, a number, a name; the message is the last.
  private func fill(
    _ columns: ColumnHeader, _ text: FrameText, _ entry: inout Entry, _ batch: Batch
  ) {
    if let severity = columns.severity { note(severity, &entry) }
    entry.process = columns.process
    add(TextFields.logger, columns.logger, text, batch)
    add(TextFields.threadName, columns.thread, text, batch)
    entry.message = text.range(columns.message, text.count)
  }

  /// The moment in `type=… msg=audit(1772357400.125:88): …` or `audit: type=… audit(…): …`, the
  /// records of the Linux audit trail.
  private func auditStamp(_ bytes: Span<UInt8>) -> Stamp? {
    var at = 0
    if bytes.has("node=", at: 0) { at = bytes.wordEnd(0) + 1 }
    if bytes.has("audit: ", at: at) { at += 7 }
    guard bytes.has("type=", at: at) else { return nil }
    let record = bytes.wordEnd(at)
    let paren = bytes.has(" msg=audit(", at: record) ? record + 11 : record + 7
    guard bytes.has("audit(", at: paren - 6) else { return nil }
    return reader.read(bytes.extracting(..<min(bytes.count, paren + 30)), paren)
  }
}
