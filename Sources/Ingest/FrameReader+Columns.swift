import Bytes
import Flow
import Model

/// Frames whose columns a header names.
extension FrameReader {
  /// Goes through the records of a CSV file; its first one is the header, and counts as blank.
  mutating func readRecords(_ batch: Batch, from start: Int) {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var columns = ColumnNames()
    if !batch.columns.isEmpty { columns = json.columns(ofRecord: batch.columns.span, arenas) }
    var cells = ColumnCells()
    var at = start
    var line: UInt32 = 0
    while let frame = FrameWalk.next(.csv, input, from: at, atEnd: true) {
      let lines = input.count(of: 0x0a, at, frame.next)
      batch.frames.read += 1
      batch.frames.lines += lines
      if frame.kind == .blank {
        batch.frames.blank += 1
      } else if columns.isEmpty {
        columns = json.columns(ofRecord: input.extracting(frame.body), arenas)
        batch.frames.blank += 1
      } else {
        readRecord(batch, frame.body, line, checks, columns, &cells)
      }
      line &+= UInt32(truncatingIfNeeded: lines)
      at = frame.next
    }
  }

  private mutating func readRecord(
    _ batch: Batch, _ body: Range<Int>, _ line: UInt32, _ checks: FrameChecks,
    _ columns: ColumnNames, _ cells: inout ColumnCells
  ) {
    var entry = Entry()
    entry.frame = ByteRange(body.lowerBound, count: body.count)
    entry.line = line
    entry.fieldStart = UInt32(truncatingIfNeeded: batch.fields.count)
    let arenas = batch.arenas
    let range = checks.text(body, batch, &entry.flags)
    let text = FrameText(arenas.bytes(range), start: range.start)
    cells.read(text.bytes, separator: columns.separator)
    guard cells.count > 1 || columns.columns.count < 2 else {
      entry.message = text.whole
      batch.entries.append(entry)
      return
    }
    json.appendColumns(cells, columns, text, as: .csv, from: entry, batch, names: &names)
  }

  /// Goes through the lines of a W3C extended log; what is no line of its columns is read as text.
  mutating func readExtended(_ batch: Batch, from start: Int) {
    let arenas = batch.arenas
    let arena = arenas.input
    let input = arena.span
    let checks = FrameChecks(input, limit: settings.lineLimit)
    var columns = ColumnNames()
    if !batch.columns.isEmpty { columns = json.columns(ofDirective: batch.columns.span, arenas) }
    var cells = ColumnCells()
    var at = start
    var line: UInt32 = 0
    while at < input.count {
      let end = input.scan(for: 0x0a, from: at) ?? input.count
      batch.frames.read += 1
      batch.frames.lines += 1
      var entries: [Entry] = []
      swap(&entries, &batch.entries)
      let isRead = readText(batch, at..<end, line, checks, into: &entries)
      swap(&entries, &batch.entries)
      let body = input.extracting(at..<end)
      if !isRead {
        batch.frames.blank += 1
      } else if ColumnNames.isDirective(body) {
        columns = json.columns(ofDirective: body, arenas)
      } else if !columns.isEmpty, body[0] != 0x23 {
        readColumns(batch, columns, &cells, checks)
      }
      line &+= 1
      at = end + 1
    }
  }

  /// Makes the last entry, which was read as text, one of the columns, unless a pack's format has read it with
  /// the client's address in the same place.
  private mutating func readColumns(
    _ batch: Batch, _ columns: ColumnNames, _ cells: inout ColumnCells, _ checks: FrameChecks
  ) {
    let arenas = batch.arenas
    guard let last = batch.entries.last else { return }
    // The line was checked and counted already.
    let counted = batch.frames
    var flags = EntryFlags()
    let whole = checks.text(last.frame.bounds, batch, &flags)
    batch.frames = counted
    let bytes = arenas.bytes(whole)
    let text = FrameText(
      bytes.extracting(..<bytes.trimmedEnd(0, bytes.count)), start: whole.start)
    cells.readWords(text.bytes)
    guard cells.count == columns.columns.count, cells.count > 1 else { return }
    if last.layout > 0, columns.client >= 0 {
      let cell = cells[columns.client]
      let wanted = text.range(cell.from, cell.to)
      let fields = batch.fields[last.fieldRange]
      if fields.contains(where: { $0.name == TextFields.sourceIP && $0.value == wanted }) { return }
    }
    batch.entries.removeLast()
    batch.fields.removeSubrange(min(Int(last.fieldStart), batch.fields.count)...)
    var entry = Entry()
    entry.frame = last.frame
    entry.line = last.line
    entry.flags = last.flags.intersection([.repaired, .cut])
    json.appendColumns(cells, columns, text, as: .w3c, from: entry, batch, names: &names)
  }
}
