import Bytes
import Flow
import Model

/// Decodes security events in ArcSight's CEF and IBM's LEEF, bare or as a syslog message.
///
/// `CEF:0|vendor|product|version|id|name|severity|key=value …`, a value reaches to the next ` key=`;
/// `LEEF:1.0|vendor|product|version|id|key=value<tab>…`, in 2.0 with the delimiter before the pairs.
/// Sources: ArcSight Common Event Format, revision 26; IBM LEEF 2.0. Known keys become ECS names
/// (`EventKey`), others stay behind `cef.` or `leef.`. CEF's severities 0 to 3 are info, 4 to 6 warning, 7 and
/// 8 error, 9 and 10 critical.
struct EventFormatDecoder {
  private let reader: StampReader
  /// Pairs beyond this number stay unread.
  private static let pairLimit = 256

  init(_ reader: StampReader) { self.reader = reader }

  /// Fills `entry` from an event; false where it is none, with nothing changed.
  func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let bytes = text.bytes
    let isCEF = bytes.has("CEF:", at: 0)
    guard isCEF || bytes.has("LEEF:", at: 0) else { return false }
    var parts = [Range<Int>]()
    var at = isCEF ? 4 : 5
    let wanted = isCEF ? 7 : bytes.holds(0x32, at: 5) ? 6 : 5
    while parts.count < wanted, at <= bytes.count {
      guard let end = partEnd(bytes, at) else { break }
      parts.append(at..<end)
      at = end + 1
    }
    // An event may end with its severity, without the bar that ends it.
    if isCEF, parts.count == 6, at < bytes.count {
      parts.append(at..<bytes.count)
      at = bytes.count
    }
    guard parts.count >= min(wanted, 5), !parts[0].isEmpty, bytes[parts[0].lowerBound].isDigit
    else {
      return false
    }
    guard !isCEF || parts.count == 7 else { return false }

    entry.format = isCEF ? .cef : .leef
    add(EventKey.vendor, text, parts[1], batch)
    add(EventKey.product, text, parts[2], batch)
    add(EventKey.version, text, parts[3], batch)
    add(EventKey.code, text, parts[4], batch)
    if isCEF {
      entry.message = EscapedText.resolved(
        text, parts[5].lowerBound, parts[5].upperBound, in: batch.arenas)
      noteSeverity(bytes, parts[6], &entry)
      notePairs(text, at, &entry, batch, &names)
    } else {
      entry.message = text.whole
      var delimiter: UInt8 = 0x09
      if parts.count == 6 { delimiter = self.delimiter(bytes, parts[5]) }
      noteDelimited(text, at, delimiter, &entry, batch, &names)
    }
    return true
  }

  /// Where the part at `at` ends: before the next bar that is not escaped.
  private func partEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    while end < bytes.count {
      if bytes[end] == 0x7c { return end }
      end += bytes[end] == 0x5c ? 2 : 1
    }
    return nil
  }

  /// LEEF 2.0's delimiter: a character, or its code as `x09` or `0x09`.
  private func delimiter(_ bytes: Span<UInt8>, _ part: Range<Int>) -> UInt8 {
    if part.count == 1 { return bytes[part.lowerBound] }
    guard part.count >= 3, part.count <= 4,
      let code = bytes.hexNumber((part.upperBound - 2)..<part.upperBound)
    else { return 0x09 }
    return UInt8(truncatingIfNeeded: code)
  }

  private func noteSeverity(_ bytes: Span<UInt8>, _ part: Range<Int>, _ entry: inout Entry) {
    let severity: Severity?
    switch bytes.number(part.lowerBound, part.upperBound) ?? -1 {
    case 0...3: severity = .info
    case 4...6: severity = .warning
    case 7...8: severity = .error
    case 9...10: severity = .critical
    default:
      if bytes.matches(lowercase: "low", part.lowerBound, part.upperBound) {
        severity = .info
      } else if bytes.matches(lowercase: "medium", part.lowerBound, part.upperBound) {
        severity = .warning
      } else if bytes.matches(lowercase: "high", part.lowerBound, part.upperBound) {
        severity = .error
      } else {
        let isTop = bytes.matches(lowercase: "very-high", part.lowerBound, part.upperBound)
        severity = isTop ? .critical : nil
      }
    }
    guard let severity else { return }
    entry.severity = severity
    entry.severitySource = .field
  }

  // MARK: pairs

  /// CEF's pairs: a value ends where a blank, a key and `=` follow.
  private func notePairs(
    _ text: FrameText, _ start: Int, _ entry: inout Entry, _ batch: Batch,
    _ names: inout NameTable
  ) {
    let bytes = text.bytes
    var at = bytes.skipBlanks(start)
    var pairs = 0
    while pairs < Self.pairLimit, let equals = keyEnd(bytes, at) {
      pairs += 1
      var end = equals + 1
      var next = bytes.count
      while end < bytes.count {
        if bytes[end] == 0x5c {
          end += 2
          continue
        }
        if bytes[end] == 0x20 {
          let key = bytes.skipBlanks(end)
          if keyEnd(bytes, key) != nil {
            next = key
            break
          }
        }
        end += 1
      }
      let to = bytes.trimmedEnd(equals + 1, min(end, bytes.count))
      note(text, at..<equals, (equals + 1)..<to, &entry, batch, &names)
      at = next
    }
  }

  private func noteDelimited(
    _ text: FrameText, _ start: Int, _ delimiter: UInt8, _ entry: inout Entry, _ batch: Batch,
    _ names: inout NameTable
  ) {
    let bytes = text.bytes
    var at = start
    var pairs = 0
    while pairs < Self.pairLimit, at < bytes.count {
      pairs += 1
      let end = bytes.find(delimiter, at, bytes.count) ?? bytes.count
      let from = bytes.skipBlanks(at)
      if let equals = keyEnd(bytes, from), equals < end {
        note(text, from..<equals, (equals + 1)..<end, &entry, batch, &names)
      }
      at = end + 1
    }
  }

  /// Where the `=` behind the key at `at` stands; nil where no key does.
  private func keyEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    let limit = min(bytes.count, at + 64)
    while end < limit {
      let byte = bytes[end]
      if byte == 0x3d { return end > at ? end : nil }
      guard byte.isNameByte || byte == 0x5b || byte == 0x5d else { return nil }
      end += 1
    }
    return nil
  }

  private func note(
    _ text: FrameText, _ key: Range<Int>, _ value: Range<Int>, _ entry: inout Entry,
    _ batch: Batch, _ names: inout NameTable
  ) {
    guard !value.isEmpty else { return }
    let bytes = text.bytes
    let range = EscapedText.resolved(text, value.lowerBound, value.upperBound, in: batch.arenas)
    switch EventKey.meaning(bytes.extracting(key)) {
    case .time:
      guard let stamp = reader.read(bytes.extracting(..<value.upperBound), value.lowerBound) else {
        break
      }
      entry.time = stamp.time
      entry.timeDigits = stamp.digits
      entry.timeSource = .stamp
      return
    case .message:
      if entry.format == .cef {
        addSpelled("cef.name", entry.message, batch)
      }
      entry.message = range
      return
    case .host:
      entry.host = names.symbol(range, in: batch)
      return
    case .outcome:
      if let outcome = EventKey.outcome(bytes.extracting(value)) {
        entry.outcome = outcome
        entry.outcomeSource = .field
        return
      }
    case .field(let name, let isNumber):
      let kind: FieldKind =
        isNumber && bytes.extracting(value).isJSONNumber ? .number : .text
      batch.fields.append(Field(name.name, range, kind: kind))
      return
    case .other: break
    }
    let prefix: StaticString = entry.format == .cef ? "cef." : "leef."
    let arenas = batch.arenas
    guard let start = arenas.keep(prefix), let rest = arenas.keep(bytes.extracting(key)) else {
      return
    }
    let name = ByteRange(start: start.start, count: start.count + rest.count)
    batch.fields.append(Field(spelled: name, range))
  }

  private func addSpelled(_ name: StaticString, _ value: ByteRange, _ batch: Batch) {
    guard let spelling = batch.arenas.keep(name) else { return }
    batch.fields.append(Field(spelled: spelling, value))
  }

  private func add(
    _ name: WellKnownField, _ text: FrameText, _ part: Range<Int>, _ batch: Batch
  ) {
    guard !part.isEmpty else { return }
    batch.fields.append(
      Field(
        name.name,
        EscapedText.resolved(text, part.lowerBound, part.upperBound, in: batch.arenas)))
  }
}
