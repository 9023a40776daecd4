import Bytes
import Flow
import Ingest
import Model

/// What a decoder made of some bytes, as text to compare.
struct Decoded {
  struct One: Equatable {
    var time: Int64
    var digits: UInt8
    var message: String
    var severity: Severity
    var source: SeveritySource
    var format: SourceFormat
    var service: String
    var host: String
    var program: String
    var process: Int32
    var trace: String
    var cursor: String
    var role: LineRole
    var flags: UInt16
    var hasStream: Bool
    var boot: UInt32
    var fields: [String: String]
  }

  var entries: [One] = []
  var frames = FrameCounts()
  var reached = 0
  var line: UInt32 = 0

  /// Decodes a run from the start of these bytes.
  init(run bytes: [UInt8], keepsFields: Bool = true, lineLimit: Int = 1 << 20, from: Int = 0) {
    let settings = DecodingSettings(keepsFields: keepsFields, lineLimit: lineLimit)
    var decoder = JSONRunDecoder(settings)
    var names = NameTable()
    let batch = Self.batch(bytes)
    reached = decoder.decodeRun(batch, from: from, line: &line, names: &names)
    read(batch)
  }

  init(_ text: String, keepsFields: Bool = true) {
    self.init(run: Array(text.utf8), keepsFields: keepsFields)
  }

  /// Decodes these bytes as one text; nil where it is refused.
  init?(frame bytes: [UInt8], keepsFields: Bool = true, inSide: Bool = false) {
    var decoder = JSONRunDecoder(DecodingSettings(keepsFields: keepsFields))
    var names = NameTable()
    let batch = Self.batch(inSide ? [] : bytes)
    if inSide { batch.arenas.side.append(bytes.span) }
    let frame = ByteRange(0, count: bytes.count, inSide: inSide)
    guard decoder.decodeFrame(batch, frame, line: 0, names: &names) == .entry else { return nil }
    read(batch)
  }

  private static func batch(_ bytes: [UInt8]) -> Batch {
    let batch = Batch(inputCapacity: 8 << 20, sideCapacity: 8 << 20)
    batch.arenas.input.append(bytes.span)
    // What lies behind the content must not matter.
    batch.arenas.input.append("\"}\n{\"level\":\"error\\\",\"\\")
    batch.arenas.input.truncate(to: bytes.count)
    return batch
  }

  private mutating func read(_ batch: Batch) {
    frames = batch.frames
    let arenas = batch.arenas
    var names = ["": ""]
    for name in batch.newNames { names["\(name.symbol.number)"] = arenas.text(name.spelling) }
    let catalogue = FieldNames()
    for entry in batch.entries {
      var fields: [String: String] = [:]
      for field in batch.fields[entry.fieldRange] {
        let name = field.name == .spelled ? arenas.text(field.spelling) : catalogue[field.name]
        let mark = field.kind == .text ? "" : "\(field.kind) "
        fields[name] = mark + arenas.text(field.value)
      }
      entries.append(
        One(
          time: entry.time.isKnown ? entry.time.nanoseconds : -1, digits: entry.timeDigits,
          message: arenas.text(entry.message), severity: entry.severity,
          source: entry.severitySource, format: entry.format,
          service: names["\(entry.service.number)"] ?? "",
          host: names["\(entry.host.number)"] ?? "",
          program: names["\(entry.program.number)"] ?? "", process: entry.process,
          trace: arenas.text(entry.trace), cursor: arenas.text(entry.cursor), role: entry.lineRole,
          flags: entry.flags.rawValue, hasStream: entry.stream != 0, boot: entry.boot,
          fields: fields))
    }
  }
}
