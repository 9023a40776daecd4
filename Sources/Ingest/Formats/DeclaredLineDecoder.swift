import Bytes
import Flow
import Model

/// Decodes frames in the line formats that packs declare: what the pack captured becomes the entry.
///
/// Tried on frames that no built-in recogniser claims with certainty. Without a level of its own a line
/// with an HTTP status has that of its class: below 400 info, 400 to 499 warning, else error.
struct DeclaredLineDecoder {
  private let reader: StampReader
  private let lines: any LineReader
  private let formats: [LineFormat]
  /// The formats that the user asked for; all where it is empty.
  private let allowed: [Int]

  init?(_ settings: DecodingSettings, _ reader: StampReader) {
    guard let declared = settings.lines, !declared.lineFormats.isEmpty else { return nil }
    self.reader = reader
    lines = declared.makeLineReader()
    formats = declared.lineFormats
    allowed = settings.allowedLines
  }

  /// Fills `entry` from a line; false where it is in no declared format, with nothing changed.
  func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable
  ) -> Bool {
    let number = lines.read(text.bytes, among: allowed)
    guard number > 0 else { return false }
    let format = formats[number - 1]
    entry.format = .pack
    entry.layout = UInt16(truncatingIfNeeded: number)
    entry.message = text.whole
    var status = 0
    for capture in lines.captures {
      note(capture, format, text, into: &entry, in: batch, names: &names)
      if capture.name == TextFields.status {
        status = text.bytes.number(capture.from, capture.to) ?? 0
      }
    }
    if entry.severity == .unknown { setSeverity(of: &entry, format, status) }
    if let category = format.category {
      entry.category = category
      entry.categorySource = .pattern
    }
    if let outcome = format.outcome {
      entry.outcome = outcome
      entry.outcomeSource = .pattern
    }
    if entry.program.isNone, !format.program.isEmpty,
      let range = batch.arenas.keep(format.program.span)
    {
      entry.program = names.symbol(range, in: batch)
      if entry.service.isNone { entry.service = entry.program }
    }
    return true
  }

  private func setSeverity(of entry: inout Entry, _ format: LineFormat, _ status: Int) {
    if status >= 100 {
      entry.severity = status < 400 ? .info : status < 500 ? .warning : .error
      entry.severitySource = .field
    } else if format.severity != .unknown {
      entry.severity = format.severity
      entry.severitySource = .pattern
    }
  }

  private func note(
    _ capture: LineCapture, _ format: LineFormat, _ text: FrameText, into entry: inout Entry,
    in batch: Batch, names: inout NameTable
  ) {
    let bytes = text.bytes
    let range = text.range(capture.from, capture.to)
    switch capture.role {
    case .field:
      let isNumber = capture.isNumber && bytes.extracting(capture.from..<capture.to).isJSONNumber
      batch.fields.append(Field(capture.name, range, kind: isNumber ? .number : .text))
    case .time: noteTime(bytes.extracting(..<capture.to), capture.from, format, &entry)
    case .level: noteLevel(bytes.extracting(capture.from..<capture.to), format, &entry)
    case .message: entry.message = range
    case .host: entry.host = names.symbol(range, in: batch)
    case .program:
      entry.program = names.symbol(range, in: batch)
      if entry.service.isNone { entry.service = entry.program }
    case .process: entry.process = bytes.processID(capture.from, capture.to)
    case .service: entry.service = names.symbol(range, in: batch)
    case .trace: entry.trace = range
    }
  }

  private func noteTime(
    _ bytes: Span<UInt8>, _ at: Int, _ format: LineFormat, _ entry: inout Entry
  ) {
    let stamp =
      format.timeLayout.isEmpty
      ? reader.read(bytes, at) : StampLayout.read(bytes, at, format.timeLayout.span, reader)
    guard let stamp else { return }
    entry.time = stamp.time
    entry.timeDigits = stamp.digits
    entry.timeSource = .stamp
  }

  private func noteLevel(_ word: Span<UInt8>, _ format: LineFormat, _ entry: inout Entry) {
    var severity: Severity?
    for level in format.levels where word.equals(level.text.span) { severity = level.severity }
    severity =
      severity ?? SeverityName.read(word, letters: true)
      ?? word.number(0, word.count).flatMap { SeverityName.read(number: $0) }
    guard let severity else { return }
    entry.severity = severity
    entry.severitySource = .field
  }
}
