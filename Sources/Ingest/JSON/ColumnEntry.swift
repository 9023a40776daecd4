internal import Bytes
internal import Flow
internal import Model

/// Entries whose values stand in the columns that a header names: CSV and W3C's extended log format.
///
/// Columns become the members of an object, which is then an application's entry like any other.
extension JSONRunDecoder {
  /// The columns that a CSV file's first record names.
  mutating func columns(ofRecord header: Span<UInt8>, _ arenas: ArenaPair) -> ColumnNames {
    var names = ColumnNames()
    names.separator = ColumnCells.separator(of: header)
    var cells = ColumnCells()
    cells.read(header, separator: names.separator)
    for index in 0..<cells.count {
      let cell = cells[index]
      add(header.extracting(cell.from..<cell.to), to: &names, arenas)
    }
    return names
  }

  /// The columns that W3C's `#Fields:` names; ECS names where they have one.
  mutating func columns(ofDirective line: Span<UInt8>, _ arenas: ArenaPair) -> ColumnNames {
    var names = ColumnNames()
    var cells = ColumnCells()
    let list = line.extracting(min(8, line.count)..<line.count)
    cells.readWords(list)
    for index in 0..<cells.count {
      let name = list.extracting(cells[index].from..<cells[index].to)
      if name.equals("date") { names.date = index }
      if name.equals("time") { names.time = index }
      if name.equals("c-ip") { names.client = index }
      if let ecs = ColumnNames.ecs.first(where: { name.equals($0.0) }) {
        add(ecs.1.utf8Array.span, to: &names, arenas)
      } else {
        add(name, to: &names, arenas)
      }
    }
    return names
  }

  private mutating func add(_ name: Span<UInt8>, to names: inout ColumnNames, _ arenas: ArenaPair) {
    let from = name.skipBlanks(0)
    let key = name.extracting(from..<max(from, name.trimmedEnd(from, name.count)))
    let spelled = path.name
    path.begin(at: 0)
    let fits = path.enter(key, depth: 1, isEscaped: false, in: spelled)
    names.columns.append(
      ColumnNames.Column(
        key: fits ? arenas.keep(key) ?? .empty : .empty,
        known: fits ? KeyPath.find(spelled, keys) : 0))
  }

  /// Appends the entry of a line whose cells have been read.
  ///
  /// - Parameters:
  ///   - text: the frame as it was checked; the message where no column has one.
  ///   - entry: flags, frame and line.
  mutating func appendColumns(
    _ cells: ColumnCells, _ names: ColumnNames, _ text: FrameText, as format: SourceFormat,
    from entry: Entry, _ batch: Batch, names table: inout NameTable
  ) {
    let arenas = batch.arenas
    members.removeAll()
    if names.date >= 0, names.time >= 0, max(names.date, names.time) < cells.count {
      noteStamp(cells[names.date], cells[names.time], text, arenas)
    }
    for index in 0..<min(cells.count, names.columns.count)
    where names.time < 0 || names.date < 0 || index != names.date && index != names.time {
      let column = names.columns[index]
      let value = value(of: cells[index], text, arenas)
      if value.isEmpty || column.key.isEmpty || Self.isNone(arenas.bytes(value), format) {
        continue
      }
      let isText = Self.isText(column.known) || !arenas.bytes(value).isJSONNumber
      members.append(
        Member(
          key: column.key, value: value, kind: isText ? .text : .number, known: column.known,
          isTaken: false))
    }
    var output = EntryOutput(taking: batch)
    let first = output.entries.count
    appendApplicationEntry(
      entry.frame, as: format, of: batch, line: entry.line, names: &table, into: &output)
    output.giveBack(to: batch)
    let hasMessage = batch.entries[first].message != entry.frame
    if !hasMessage { batch.entries[first].message = text.whole }
    batch.entries[first].flags.formUnion(entry.flags)
    finish(first, batch)
  }

  /// The stamp in another notation than JSON's, and the severity that a status tells.
  private func finish(_ index: Int, _ batch: Batch) {
    let arenas = batch.arenas
    if batch.entries[index].timeSource == .none,
      let place = members.place(
        from: KnownKey.Role.time.first.rawValue, to: KnownKey.Role.time.last)
    {
      let bytes = arenas.bytes(members[place].value)
      let reader = StampReader(anchor: settings.anchor, zone: settings.zone)
      if let stamp = reader.read(bytes, 0), stamp.end == bytes.count {
        batch.entries[index].time = stamp.time
        batch.entries[index].timeDigits = stamp.digits
        batch.entries[index].timeSource = .stamp
        if stamp.hasUnknownZone { batch.entries[index].flags.insert(.zoneUnknown) }
      }
    }
    guard batch.entries[index].severity == .unknown,
      let place = members.place(.status) ?? members.place(.statusFlat)
    else { return }
    let status = arenas.bytes(members[place].value)
    guard status.count == 3, let code = status.number(0, 3), (100...599).contains(code) else {
      return
    }
    batch.entries[index].severity = code < 400 ? .info : code < 500 ? .warning : .error
    batch.entries[index].severitySource = .field
  }

  private mutating func noteStamp(
    _ date: ColumnCells.Cell, _ time: ColumnCells.Cell, _ text: FrameText, _ arenas: ArenaPair
  ) {
    let start = arenas.side.count
    guard arenas.side.append(text.bytes.extracting(date.from..<date.to)) != nil,
      arenas.side.append(0x20),
      arenas.side.append(text.bytes.extracting(time.from..<time.to)) != nil
    else { return }
    let value = ByteRange(start, count: arenas.side.count - start, inSide: true)
    members.append(
      Member(
        key: value, value: value, kind: .text, known: KnownKey.time.rawValue, isTaken: false))
  }

  private func value(
    of cell: ColumnCells.Cell, _ text: FrameText, _ arenas: ArenaPair
  ) -> ByteRange {
    guard cell.hasQuotes else { return text.range(cell.from, cell.to) }
    let start = arenas.side.count
    var at = cell.from
    while at < cell.to {
      let quote = text.bytes.extracting(..<cell.to).scan(for: 0x22, from: at)
      let end = quote.map { $0 + 1 } ?? cell.to
      guard arenas.side.append(text.bytes.extracting(at..<end)) != nil else {
        arenas.side.truncate(to: start)
        return text.range(cell.from, cell.to)
      }
      at = quote == nil ? end : end + 1
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// Keys whose values are text, whatever they look like.
  private static func isText(_ known: UInt8) -> Bool {
    for role in [KnownKey.Role.message, .service, .host, .program] {
      if known >= role.first.rawValue, known <= role.last.rawValue { return true }
    }
    return false
  }

  /// W3C writes a bar for what is not known.
  private static func isNone(_ value: Span<UInt8>, _ format: SourceFormat) -> Bool {
    format == .w3c && value.count == 1 && value[0] == 0x2d
  }
}

extension StaticString {
  fileprivate var utf8Array: [UInt8] { withUTF8Buffer { unsafe Array($0) } }
}
