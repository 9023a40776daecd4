import Bytes
import Flow
import Ingest
import Model

/// A decoded entry in plain values, so that two forms of one journal can be compared.
struct SeenEntry: Equatable {
  var entry: [String]
  var fields: [String]

  init(_ entry: Entry, _ batch: Batch) {
    func name(_ symbol: Symbol) -> String {
      batch.newNames.first { $0.symbol == symbol }.map { batch.arenas.text($0.spelling) } ?? ""
    }
    self.entry = [
      "\(entry.time.nanoseconds)", "\(entry.timeDigits)", "\(entry.timeSource)",
      batch.arenas.text(entry.message), batch.arenas.text(entry.cursor),
      batch.arenas.text(entry.trace), "\(entry.context)", "\(entry.stream)", "\(entry.boot)",
      "\(entry.process)", name(entry.service), name(entry.host), name(entry.program),
      "\(entry.severity)", "\(entry.severitySource)", "\(entry.format)", "\(entry.flags.rawValue)",
    ]
    fields = entry.fieldRange.map { index in
      let field = batch.fields[index]
      return "\(field.name.number) \(batch.arenas.text(field.spelling)) \(field.kind) "
        + batch.arenas.text(field.value)
    }.sorted()
  }
}

/// What became of a journal in one of its forms.
struct DecodedJournal: Equatable {
  var entries: [SeenEntry] = []
  var frames = FrameCounts()
  var framing = Framing.lines

  init(_ bytes: [UInt8], keepsFields: Bool) {
    let reader = BatchReader(ChunkedBytes(bytes, size: .max), name: "journal")
    var decoder = JSONRunDecoder(DecodingSettings(keepsFields: keepsFields))
    var names = NameTable()
    let batch = Batch(inputCapacity: 8 << 20, sideCapacity: 8 << 20)
    _ = reader.fill(batch, limit: 8 << 20)
    framing = batch.framing
    names.beginBatch(batch)
    var line: UInt32 = 0
    if batch.framing == .lines {
      _ = decoder.decodeRun(batch, from: 0, line: &line, names: &names)
    } else {
      let input = batch.arenas.input
      var at = 0
      let isWhole = !batch.endsCut
      while let frame = FrameWalk.next(
        batch.framing, input.span, from: at, atEnd: true, isWhole: isWhole)
      {
        at = frame.next
        batch.frames.read += 1
        let body = ByteRange(frame.body.lowerBound, count: frame.body.count)
        let verdict =
          frame.kind == .blank
          ? nil
          : batch.framing == .journalExport
            ? decoder.decodeExport(
              batch, body, isCut: frame.kind == .cut, line: line, names: &names)
            : decoder.decodeFrame(batch, body, line: line, names: &names)
        if verdict == nil {
          batch.frames.blank += 1
        } else if verdict != .entry {
          batch.frames.unparsed += 1
        }
      }
    }
    frames = batch.frames
    frames.lines = 0
    entries = batch.entries.map { SeenEntry($0, batch) }
  }
}
