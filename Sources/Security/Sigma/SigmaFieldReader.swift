internal import Bytes
internal import Model

/// Finds the values of the fields that rules name in an entry (`SigmaFieldTable`).
///
/// Immutable; values that have to be made (decoded, joined, digits) are written to the batch's side arena.
struct SigmaFieldReader: Sendable {
  enum Found {
    case absent
    case bytes(ByteRange)
    case symbol(Symbol)
  }

  private enum Kind: UInt8, Sendable {
    case field, own, audit, message, level, time, host, service, program, processID
    case auditCommand, commandPath, addressPath, addressQuery, addressExtension
  }

  private struct Place: Sendable {
    var kind: Kind
    /// In the catalogue; 0 for none.
    var number: UInt16 = 0
    /// The spelling, in `spellings`.
    var start = 0
    var count = 0
  }

  let fields: [String]
  private var starts: [Int] = [0]
  private var places: [Place] = []
  private var spellings: [UInt8] = []
  private let command: Place
  private let addresses: [Place]

  init(_ fields: [String], names: FieldNames) {
    self.fields = fields
    var spellings: [UInt8] = []
    func place(_ name: String, _ kind: Kind) -> Place {
      let place = Place(
        kind: kind, number: names.number(of: name)?.number ?? 0, start: spellings.count,
        count: name.utf8.count)
      spellings.append(contentsOf: name.utf8)
      return place
    }
    for field in fields {
      places.append(place(field, .own))
      for source in SigmaFieldTable.sources(of: field) {
        switch source {
        case .name(let name): places.append(place(name, .field))
        case .audit(let key): places.append(place(key, .audit))
        case .message: places.append(Place(kind: .message))
        case .level: places.append(Place(kind: .level))
        case .time: places.append(Place(kind: .time))
        case .host: places.append(Place(kind: .host))
        case .service: places.append(Place(kind: .service))
        case .program: places.append(Place(kind: .program))
        case .processID: places.append(Place(kind: .processID))
        case .auditCommand: places.append(Place(kind: .auditCommand))
        case .commandPath: places.append(Place(kind: .commandPath))
        case .addressPath: places.append(Place(kind: .addressPath))
        case .addressQuery: places.append(Place(kind: .addressQuery))
        case .addressExtension: places.append(Place(kind: .addressExtension))
        }
      }
      places.append(place(field, .audit))
      starts.append(places.count)
    }
    command = place("process.command_line", .field)
    addresses = ["url.original", "url.full", "url.path"].map { place($0, .field) }
    self.spellings = spellings
  }

  /// Whether a field tells the entry's time.
  func isTime(_ field: Int) -> Bool {
    places[starts[field]..<starts[field + 1]].contains { $0.kind == .time }
  }

  /// Whether a field's values stand in the entry's bytes, not in a name or a number that was made of them.
  func isText(_ field: Int) -> Bool {
    places[starts[field]..<starts[field + 1]].allSatisfy {
      switch $0.kind {
      case .level, .time, .host, .service, .program, .processID: false
      default: true
      }
    }
  }

  func find(_ field: Int, _ entry: Entry, in batch: Batch, isAudit: Bool) -> Found {
    for index in starts[field]..<starts[field + 1] {
      let found = find(places[index], entry, in: batch, isAudit: isAudit)
      if case .absent = found { continue }
      return found
    }
    return .absent
  }

  private func find(
    _ place: Place, _ entry: Entry, in batch: Batch, isAudit: Bool
  ) -> Found {
    let arenas = batch.arenas
    switch place.kind {
    case .field, .own: return wrapped(field(place, entry, in: batch))
    case .audit: return isAudit ? wrapped(audit(place, entry, arenas)) : .absent
    case .message: return .bytes(entry.message)
    case .level:
      guard entry.severity != .unknown else { return .absent }
      return written(entry.severity.name, arenas)
    case .time: return .absent
    case .host: return entry.host.isNone ? .absent : .symbol(entry.host)
    case .service: return entry.service.isNone ? .absent : .symbol(entry.service)
    case .program: return entry.program.isNone ? .absent : .symbol(entry.program)
    case .processID: return entry.process < 0 ? .absent : written("\(entry.process)", arenas)
    case .auditCommand:
      return isAudit
        ? wrapped(AuditText.command(arenas.bytes(entry.message), into: arenas)) : .absent
    case .commandPath: return wrapped(commandPath(entry, in: batch, isAudit: isAudit))
    case .addressPath, .addressQuery, .addressExtension:
      for address in addresses {
        guard let whole = field(address, entry, in: batch) else { continue }
        return wrapped(part(place.kind, of: whole, arenas))
      }
      return .absent
    }
  }

  private func wrapped(_ range: ByteRange?) -> Found { range.map { .bytes($0) } ?? .absent }

  private func written(_ text: String, _ arenas: ArenaPair) -> Found {
    guard let start = arenas.side.append(text) else { return .absent }
    return .bytes(ByteRange(start, count: text.utf8.count, inSide: true))
  }

  private func field(_ place: Place, _ entry: Entry, in batch: Batch) -> ByteRange? {
    let all = 0..<batch.fields.count
    let arenas = batch.arenas
    for range in [entry.captureRange, entry.fieldRange] {
      for index in range.clamped(to: all) {
        let field = batch.fields[index]
        if field.kind == .null { continue }
        if field.name != .spelled {
          if field.name.number == place.number { return field.value }
        } else if isNamed(arenas.bytes(field.spelling), place) {
          return field.value
        }
      }
    }
    return nil
  }

  /// Whether a source's own name is the place's, for a field's own name also behind a path that events of
  /// Windows, or our own names for the source's fields, have.
  private func isNamed(_ spelling: Span<UInt8>, _ place: Place) -> Bool {
    let wanted = spellings.span.extracting(place.start..<(place.start + place.count))
    if spelling.count == wanted.count { return spelling.equals(wanted) }
    guard place.kind == .own, spelling.count > wanted.count + 1 else { return false }
    let at = spelling.count - wanted.count
    guard spelling[at - 1] == 0x2e,
      TextMatching.stands(wanted, in: spelling, at: at, ignoresCase: false)
    else { return false }
    let path = spelling.extracting(0..<(at - 1))
    for end: StaticString in [
      "event_data", "EventData", "System", "winlog", "journald", "taffrail.source", "data", "Data",
    ]
    where path.count >= end.utf8CodeUnitCount
      && path.has(end, at: path.count - end.utf8CodeUnitCount)
    {
      return true
    }
    return false
  }

  private func audit(_ place: Place, _ entry: Entry, _ arenas: ArenaPair) -> ByteRange? {
    let key = spellings.span.extracting(place.start..<(place.start + place.count))
    let message = arenas.bytes(entry.message)
    guard let found = AuditText.value(of: key, in: message) else {
      guard key.equals("type"), let range = AuditType.range(message) else { return nil }
      return piece(entry.message, range)
    }
    let range = found.start..<found.end
    if !found.isQuoted, AuditText.mayBeEncoded(key),
      let decoded = AuditText.decoded(message.extracting(range), into: arenas.side)
    {
      return decoded
    }
    return piece(entry.message, range)
  }

  private func piece(_ whole: ByteRange, _ range: Range<Int>) -> ByteRange {
    ByteRange(start: whole.start + UInt32(range.lowerBound), count: UInt32(range.count))
  }

  private func commandPath(_ entry: Entry, in batch: Batch, isAudit: Bool) -> ByteRange? {
    let arenas = batch.arenas
    let line =
      field(command, entry, in: batch)
      ?? (isAudit ? AuditText.command(arenas.bytes(entry.message), into: arenas) : nil)
    guard let line else { return nil }
    let text = arenas.bytes(line)
    guard text.count > 1, text[0] == 0x2f else { return nil }
    return piece(line, 0..<(text.firstIndex(of: 0x20) ?? text.count))
  }

  private func part(_ kind: Kind, of whole: ByteRange, _ arenas: ArenaPair) -> ByteRange? {
    let text = arenas.bytes(whole)
    let mark = text.firstIndex(of: 0x3f)
    switch kind {
    case .addressQuery: return mark.map { piece(whole, ($0 + 1)..<text.count) }
    case .addressPath: return piece(whole, 0..<(mark ?? text.count))
    default:
      let end = mark ?? text.count
      var at = end
      while at > 0, text[at - 1] != 0x2e {
        if text[at - 1] == 0x2f { return nil }
        at -= 1
      }
      return at > 0 ? piece(whole, at..<end) : nil
    }
  }
}
