import Bytes
import Flow
import Model

/// Windows events as XML, as `wevtutil`, `Get-WinEvent` and shippers render them.
///
/// Elements become the members of an object under winlogbeat's names (`winlog.event_data.IpAddress`), which is
/// then an application's entry like any other. Elements beside `System`, `EventData`, `UserData` and `RenderingInfo` are
/// named by their path, which is how nxlog writes an event. Source: Microsoft's event schema (win/2004/08/events/event);
/// winlogbeat's exported fields.
/// - Limits: 1,024 members; what lies deeper than 16 elements is passed over.
extension JSONRunDecoder {
  /// Whether a text is an event from its first to its last byte.
  static func isEvent(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 8, bytes[0] == 0x3c, XMLEventFrame.isEvent(bytes, at: 0) else {
      return false
    }
    let end = bytes.trimmedEnd(0, bytes.count)
    return bytes.has("</Event>", at: end - 8)
  }

  /// Appends the entry of the event that stands in `text`; false where that is none, with nothing appended.
  mutating func decodeEvent(
    _ batch: Batch, _ text: ByteRange, frame: ByteRange, line: UInt32, names: inout NameTable
  ) -> Bool {
    let arenas = batch.arenas
    members.removeAll()
    var walk = WindowsEventWalk(text)
    guard walk.run(arenas, { note($0, $1, arenas) }) else { return false }
    var output = EntryOutput(taking: batch)
    let first = output.entries.count
    appendApplicationEntry(
      frame, as: .winlog, of: batch, line: line, names: &names, into: &output)
    finish(&output.entries[first], walk, in: batch, &names)
    output.giveBack(to: batch)
    return true
  }

  /// Notes a member under a dotted name that is given in two parts.
  private mutating func note(
    _ name: WindowsEventWalk.Name, _ value: ByteRange, _ arenas: ArenaPair
  ) {
    let spelled = path.name
    path.begin(at: 0)
    var fits = path.enter(arenas.bytes(name.first), depth: 1, isEscaped: false, in: spelled)
    if !name.second.isEmpty {
      fits =
        fits && path.enter(arenas.bytes(name.second), depth: 2, isEscaped: false, in: spelled)
    }
    guard fits else { return }
    let known = KeyPath.find(spelled, keys)
    var key = name.first
    if members.keepsAll || known == KnownKey.kept.rawValue {
      guard let kept = KeyPath.keep(spelled, arenas) else { return }
      key = kept
    }
    let isNumber = name.mayBeNumber && arenas.bytes(value).isJSONNumber
    members.append(
      Member(
        key: key, value: value, kind: isNumber ? .number : .text, known: known, isTaken: false))
  }

  /// What an event states beside its members.
  private func finish(
    _ entry: inout Entry, _ walk: WindowsEventWalk, in batch: Batch, _ names: inout NameTable
  ) {
    let arenas = batch.arenas
    if entry.severity == .unknown, let severity = walk.severity {
      entry.severity = severity
      entry.severitySource = .field
    }
    if let outcome = walk.outcome(arenas) {
      entry.outcome = outcome
      entry.outcomeSource = .field
    }
    if entry.service.isNone, !walk.provider.isEmpty {
      entry.service = names.symbol(walk.provider, in: batch)
      entry.stream = StableHash(arenas.bytes(walk.provider)).low
    }
    if entry.message == entry.frame, let words = walk.words(arenas) { entry.message = words }
  }
}
