import Bytes
import Ingest
import Model

/// What an entry says, apart from where it stands in a batch.
struct DecodedEntry: Equatable, CustomStringConvertible {
  var line = 0
  var message = ""
  var time = ""
  var level = ""
  var format = ""
  var host = ""
  var program = ""
  var service = ""
  var process = -1
  var trace = ""
  var flags: EntryFlags = []
  var fields: [String: String] = [:]

  static func == (left: DecodedEntry, right: DecodedEntry) -> Bool {
    left.line == right.line && left.message == right.message && left.time == right.time
      && left.level == right.level && left.format == right.format && left.host == right.host
      && left.program == right.program && left.service == right.service
      && left.process == right.process && left.trace == right.trace
      && left.flags == right.flags && left.fields == right.fields
  }

  var description: String { "line \(line) \(format) \(time) \(level): \(message)" }
}

/// Runs a decoder over a text as the application does: batch by batch, with what one leaves undecided
/// put before the next.
struct DecoderRun {
  var entries: [DecodedEntry] = []
  var frames = FrameCounts()
  var isBalanced = true
  /// Bytes that a batch left undecided, at most.
  var mostUndecided = 0

  private static let fieldNames = FieldNames()

  /// - Parameter cuts: input offsets at frames' ends at which batches end.
  init(
    _ input: [UInt8], cuts: [Int] = [], framing: Framing = .lines,
    settings: DecodingSettings = DecodingSettings(keepsFields: true, anchor: YearAnchor(year: 2026))
  ) {
    var decoder = FrameDecoder(settings)
    let batch = Batch(
      inputCapacity: max(1 << 16, input.count * 2 + 64), sideCapacity: max(1 << 20, input.count * 8)
    )
    var carried: [UInt8] = []
    var from = 0
    var lines = 0
    var names: [String] = [""]
    for cut in cuts + [input.count] {
      batch.reset()
      batch.framing = framing
      batch.endsSource = cut == input.count
      carried.append(contentsOf: input[from..<cut])
      from = cut
      batch.arenas.input.append(carried.span)
      decoder.decode(batch)
      if batch.restartsNames { names = [""] }
      for name in batch.newNames { names.append(batch.arenas.text(name.spelling)) }
      for entry in batch.entries {
        entries.append(Self.read(entry, of: batch, names, linesBefore: lines))
      }
      isBalanced = isBalanced && Self.balances(batch)
      add(batch.frames)
      lines += batch.frames.lines
      carried = Array(carried[batch.undecided...])
      mostUndecided = max(mostUndecided, carried.count)
    }
    isBalanced = isBalanced && carried.isEmpty
  }

  private mutating func add(_ other: FrameCounts) {
    frames.read += other.read
    frames.expanded += other.expanded
    frames.blank += other.blank
    frames.continuations += other.continuations
    frames.unparsed += other.unparsed
    frames.lines += other.lines
    frames.cut += other.cut
    frames.repaired += other.repaired
  }

  private static func balances(_ batch: Batch) -> Bool {
    let frames = batch.frames
    return frames.read + frames.expanded
      == batch.entries.count + frames.continuations + frames.unparsed + frames.blank
  }

  private static func read(
    _ entry: Entry, of batch: Batch, _ names: [String], linesBefore: Int
  ) -> DecodedEntry {
    let arenas = batch.arenas
    var decoded = DecodedEntry()
    decoded.line = Int(entry.line) + linesBefore
    decoded.message = arenas.text(entry.message)
    decoded.time = entry.time.isKnown ? entry.time.description : ""
    decoded.level = entry.severity == .unknown ? "" : entry.severity.name
    decoded.format = entry.format.name
    decoded.host = names[entry.host.index]
    decoded.program = names[entry.program.index]
    decoded.service = names[entry.service.index]
    decoded.process = Int(entry.process)
    decoded.trace = arenas.text(entry.trace)
    decoded.flags = entry.flags
    for field in batch.fields[entry.fieldRange] {
      let name =
        field.name == .spelled ? arenas.text(field.spelling) : Self.fieldNames[field.name]
      decoded.fields[name] = arenas.text(field.value)
    }
    return decoded
  }
}

/// The entries of a text decoded at once.
func decoded(
  _ text: String,
  settings: DecodingSettings = DecodingSettings(keepsFields: true, anchor: YearAnchor(year: 2026))
) -> [DecodedEntry] {
  DecoderRun(Array(text.utf8), settings: settings).entries
}
