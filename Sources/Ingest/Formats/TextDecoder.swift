import Bytes
import Flow
import Model

/// Decodes one text line by what its own bytes show: syslog, logfmt, CRI, an access log, klog, text
/// with a stamp, or else plain text.
///
/// Stateless but for caches: a line gives the same entry wherever it stands.
struct TextDecoder: ~Copyable {
  private let reader: StampReader
  private let format: SourceFormat?
  private let keepsFields: Bool
  private var bsd: RFC3164Decoder
  private var ietf: RFC5424Decoder
  private let logfmt: LogfmtDecoder
  private let stamped: StampedTextDecoder
  private let klog: KlogDecoder
  private let access: AccessLogDecoder
  private let events: EventFormatDecoder
  private let declared: DeclaredLineDecoder?
  private var lastContainer = NameMemo()

  init(_ settings: DecodingSettings) {
    let reader = StampReader(anchor: settings.anchor, zone: settings.zone)
    self.reader = reader
    format = settings.format
    keepsFields = settings.keepsFields
    bsd = RFC3164Decoder(reader, keepsFields: settings.keepsFields)
    ietf = RFC5424Decoder(reader, keepsFields: settings.keepsFields)
    logfmt = LogfmtDecoder(reader, keepsFields: settings.keepsFields)
    stamped = StampedTextDecoder(reader)
    klog = KlogDecoder(reader)
    access = AccessLogDecoder(reader)
    events = EventFormatDecoder(reader)
    declared = DeclaredLineDecoder(settings, reader)
  }

  mutating func forgetNames() {
    bsd.forgetNames()
    ietf.forgetNames()
    lastContainer.forget()
  }

  /// Fills `entry` from a line that is not blank.
  mutating func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) {
    if isDecoded(text, into: &entry, in: batch, names: &names) { return }
    entry.format = .plain
    entry.message = text.whole
  }

  private mutating func isDecoded(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    switch format {
    case nil: recognise(text, into: &entry, in: batch, names: &names, isInner: false)
    case .syslog: decodeSyslog(text, into: &entry, in: batch, names: &names)
    case .logfmt: logfmt.decode(text, into: &entry, in: batch, names: &names, isForced: true)
    case .cri: decodeCRI(text, into: &entry, in: batch, names: &names)
    case .clf: access.decode(text, into: &entry, in: batch)
    case .cef, .leef: decodeEvent(text, into: &entry, in: batch, names: &names)
    case .pack: declared?.decode(text, into: &entry, in: batch, names: &names) ?? false
    default: false
    }
  }

  /// Decodes the text that a container wrote into the entry that its log's line made.
  mutating func decodeInner(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) {
    let outer = entry
    if text.count > 0, recognise(text, into: &entry, in: batch, names: &names, isInner: true) {
      if entry.timeSource == .none {
        entry.time = outer.time
        entry.timeDigits = outer.timeDigits
        entry.timeSource = outer.timeSource
      }
      if !outer.service.isNone { entry.service = outer.service }
      if outer.format != .plain { entry.format = outer.format }
      entry.stream = outer.stream
    } else {
      entry.message = text.whole
    }
  }

  private mutating func decodeSyslog(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    guard
      text[0] == 0x3c && ietf.decode(text, into: &entry, in: batch, names: &names)
        || bsd.decode(text, into: &entry, in: batch, names: &names)
    else { return false }
    noteEvent(text, into: &entry, in: batch, names: &names)
    return true
  }

  /// Reads the CEF or LEEF event that a syslog message is.
  @inline(__always)
  private func noteEvent(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) {
    let at = text.count - Int(entry.message.count)
    guard at >= 0, at < text.count, text[at] == 0x43 || text[at] == 0x4c else { return }
    _ = events.decode(text.part(at, text.count), into: &entry, in: batch, names: &names)
  }

  private mutating func decodeEvent(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    if events.decode(text, into: &entry, in: batch, names: &names) { return true }
    return decodeSyslog(text, into: &entry, in: batch, names: &names)
  }

  /// What begins with no certain header: a format that a pack declares, else text with a stamp.
  private func decodeLoosely(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    if let declared, declared.decode(text, into: &entry, in: batch, names: &names) { return true }
    return stamped.decode(text, into: &entry, in: batch, names: &names)
  }

  private mutating func recognise(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable,
    isInner: Bool
  ) -> Bool {
    let bytes = text.bytes
    let first = bytes[0]
    if first.isDigit {
      if bytes.holds(0x54, at: 10) {
        if !isInner, decodeCRI(text, into: &entry, in: batch, names: &names) { return true }
        if bsd.decode(text, into: &entry, in: batch, names: &names) {
          noteEvent(text, into: &entry, in: batch, names: &names)
          return true
        }
      } else if !bytes.holds(0x2d, at: 4), access.decode(text, into: &entry, in: batch) {
        return true
      }
      return decodeLoosely(text, into: &entry, in: batch, names: &names)
    }
    if first == 0x3c {
      if decodeSyslog(text, into: &entry, in: batch, names: &names) { return true }
      return SyslogPriority.read(bytes) == nil
        && decodeLoosely(text, into: &entry, in: batch, names: &names)
    }
    if first.isLetter || first == 0x40 {
      return recogniseWord(text, into: &entry, in: batch, names: &names, isInner: isInner)
    }
    if first.isBlank { return recogniseIndented(text, into: &entry, in: batch, names: &names) }
    if first == 0x3a || first == 0x2d, access.decode(text, into: &entry, in: batch) { return true }
    return decodeLoosely(text, into: &entry, in: batch, names: &names)
  }

  /// An indented line has a header of its own only where that tells a time.
  private func recogniseIndented(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let from = text.bytes.skipBlanks(0)
    guard from < text.count, from <= 8 else { return false }
    let old = entry
    if text[from].isLetter, logfmt.decode(text, into: &entry, in: batch, names: &names) {
      if entry.timeSource == .stamp { return true }
      batch.fields.removeSubrange(Int(entry.fieldStart)...)
      entry = old
    }
    return decodeLoosely(text, into: &entry, in: batch, names: &names)
  }

  private mutating func recogniseWord(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable,
    isInner: Bool
  ) -> Bool {
    let bytes = text.bytes
    let first = bytes[0]
    if MonthName.read(bytes, 0) > 0, bytes.holds(0x20, at: 3),
      bsd.decode(text, into: &entry, in: batch, names: &names)
    {
      noteEvent(text, into: &entry, in: batch, names: &names)
      return true
    }
    if first == 0x43 || first == 0x4c,
      events.decode(text, into: &entry, in: batch, names: &names)
    {
      return true
    }
    if keepsFields, first == 0x74 || first == 0x6e, let start = AuditFields.start(bytes) {
      let isRead = decodeLoosely(text, into: &entry, in: batch, names: &names)
      AuditFields.note(text, from: start, in: batch)
      return isRead
    }
    if bytes.count > 1, bytes[1].isDigit, klog.decode(text, into: &entry, in: batch) { return true }
    if logfmt.decode(text, into: &entry, in: batch, names: &names) { return true }
    if !isInner, let prefix = ComposePrefix.read(bytes) {
      return decodeComposed(
        text, prefix.name, prefix.message, into: &entry, in: batch, names: &names)
    }
    let second = bytes.skipBlanks(bytes.wordEnd(0))
    if second < bytes.count, bytes[second].isDigit || bytes[second] == 0x2d,
      access.decode(text, into: &entry, in: batch)
    {
      return true
    }
    return decodeLoosely(text, into: &entry, in: batch, names: &names)
  }

  private mutating func decodeCRI(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    guard let line = CRILine.read(text.bytes, reader) else { return false }
    entry.format = .cri
    entry.time = line.stamp.time
    entry.timeDigits = line.stamp.digits
    entry.timeSource = .stamp
    let name = text.bytes.extracting(line.stream)
    entry.stream = StableHash(name).high
    batch.fields.append(
      Field(TextFields.stream, text.range(line.stream.lowerBound, line.stream.upperBound)))
    entry.message = text.range(line.message, text.count)
    if line.isPartial {
      entry.lineRole = .partial
    } else if line.message < text.count {
      decodeInner(
        text.part(line.message, text.count), into: &entry, in: batch, names: &names)
    }
    return true
  }

  private mutating func decodeComposed(
    _ text: FrameText, _ name: Range<Int>, _ message: Int, into entry: inout Entry,
    in batch: Batch, names: inout NameTable
  ) -> Bool {
    entry.service = lastContainer.symbol(text, name.lowerBound, name.upperBound, batch, &names)
    entry.stream = lastContainer.hash | 1
    batch.fields.append(
      Field(TextFields.containerName, text.range(name.lowerBound, name.upperBound)))
    decodeInner(text.part(message, text.count), into: &entry, in: batch, names: &names)
    return true
  }
}
