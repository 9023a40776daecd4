import Bytes
import Ingest
import Model

/// What comes out of journal files: their entries, decoded batch by batch.
struct JournalRun {
  struct Entry: Equatable {
    var message: String
    var time: Int64
    var host: String
    var cursor: String
    var fields: [String: String] = [:]
  }

  var entries: [Entry] = []
  var frames = FrameCounts()
  var hints: [String] = []
  var problems: [ReadProblem] = []

  init(
    _ files: [FilePath], from start: JournalStart = .head, until: UInt64 = .max,
    keepsFields: Bool = true, lineLimit: Int = 1 << 20
  ) {
    let journals = JournalSet(files.map { InputFile($0) })
    let source = JournalSource(journals, from: start, until: until)
    var decoder = FrameDecoder(
      DecodingSettings(keepsFields: keepsFields, lineLimit: lineLimit, journals: journals))
    let batch = Batch(inputCapacity: 1 << 20, sideCapacity: 32 << 20)
    let names = FieldNames()
    var symbols = [""]
    while source.fill(batch, limit: 1 << 20, waiting: Patience(milliseconds: 0)) == .filled {
      // Everything is decided: what joins entries is tested elsewhere.
      batch.endsSource = true
      decoder.decode(batch)
      for name in batch.newNames {
        while symbols.count <= name.symbol.index { symbols.append("") }
        symbols[name.symbol.index] = batch.arenas.text(name.spelling)
      }
      for entry in batch.entries {
        var decoded = Entry(
          message: batch.arenas.text(entry.message), time: entry.time.nanoseconds / 1000,
          host: symbols[entry.host.index], cursor: batch.arenas.text(entry.cursor))
        for index in entry.fieldRange {
          let field = batch.fields[index]
          let name = field.name == .spelled ? batch.arenas.text(field.spelling) : names[field.name]
          decoded.fields[name] = batch.arenas.text(field.value)
        }
        entries.append(decoded)
      }
      frames.add(batch.frames)
      batch.reset()
    }
    hints = journals.hints
    problems = source.takeProblems()
  }

  var messages: [String] { entries.map(\.message) }

  var isBalanced: Bool {
    frames.read + frames.expanded
      == entries.count + frames.continuations + frames.unparsed + frames.blank
  }
}
