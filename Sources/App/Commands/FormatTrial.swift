internal import Bytes
internal import Flow
internal import Ingest
internal import Model
internal import Packs

/// How well each format fits the first lines of an input, and which one automatic recognition takes.
struct FormatTrial {
  struct Candidate {
    var name: String
    /// Share of the entries that fit when every line is read as this format alone.
    var fits: Double
    /// Share of the entries that automatic recognition gives this format.
    var taken: Double
    var evidence: String
  }

  private(set) var candidates: [Candidate] = []
  /// A few lines that fit no format, cut to a line of the terminal.
  private(set) var unfit: [String] = []
  private(set) var entryCount = 0
  private let packs: PackTables
  private let input: [UInt8]
  private let framing: Framing

  private static let unfitLimit = 3

  /// - Parameter limit: lines to look at.
  init(_ sample: Batch, _ packs: PackTables, limit: Int) {
    self.packs = packs
    framing = sample.framing
    let arena = sample.arenas.input
    let bytes = arena.span
    var end = 0
    var lines = 0
    while end < bytes.count, lines < limit || framing != .lines {
      end = bytes.scan(for: 0x0a, from: end).map { $0 + 1 } ?? bytes.count
      lines += 1
    }
    var input: [UInt8] = []
    for index in 0..<end { input.append(bytes[index]) }
    self.input = input
    let batch = Batch(inputCapacity: end + 4096, sideCapacity: 8 * end + (1 << 20))
    recognise(batch)
    tryEach(batch)
    candidates = candidates.filter { $0.fits > 0 || $0.taken > 0 }
    candidates.sort { ($0.taken, $0.fits, $1.name) > ($1.taken, $1.fits, $0.name) }
  }

  /// What automatic recognition makes of the lines.
  private mutating func recognise(_ batch: Batch) {
    decode(batch, format: nil, lines: [])
    entryCount = batch.entries.count
    var counts: [String: Int] = [:]
    for entry in batch.entries {
      counts[name(of: entry), default: 0] += 1
      let isUnfit = entry.format == .plain && !isStamped(entry)
      if isUnfit, unfit.count < Self.unfitLimit {
        let line = batch.arenas.text(entry.frame)
        unfit.append(String(line.prefix(100)))
      }
    }
    for (name, count) in counts {
      candidates.append(
        Candidate(
          name: name, fits: share(count), taken: share(count), evidence: evidence(of: name)))
    }
  }

  /// Each text format and each declared one on its own.
  private mutating func tryEach(_ batch: Batch) {
    for format in [SourceFormat.syslog, .logfmt, .cri, .clf, .cef, .leef] {
      decode(batch, format: format, lines: [])
      note(format.name, batch.entries.count { $0.format == format || $0.format == .cef })
    }
    for (index, format) in packs.lineFormats.enumerated() {
      decode(batch, format: .pack, lines: [index + 1])
      note(format.name, batch.entries.count { $0.format == .pack })
    }
  }

  private mutating func note(_ name: String, _ count: Int) {
    let share = min(1, share(count))
    if let index = candidates.firstIndex(where: { $0.name == name }) {
      candidates[index].fits = max(candidates[index].fits, share)
    } else {
      candidates.append(
        Candidate(name: name, fits: share, taken: 0, evidence: evidence(of: name)))
    }
  }

  private func decode(_ batch: Batch, format: SourceFormat?, lines: [Int]) {
    batch.reset()
    batch.arenas.input.append(input.span)
    batch.framing = framing
    batch.endsSource = true
    var settings = DecodingSettings(format: format)
    settings.lines = packs
    settings.allowedLines = lines
    var decoder = FrameDecoder(settings)
    decoder.decode(batch)
  }

  private func share(_ count: Int) -> Double {
    entryCount == 0 ? 0 : Double(count) / Double(entryCount)
  }

  private func isStamped(_ entry: Entry) -> Bool {
    entry.timeSource == .stamp || entry.severitySource == .field
  }

  private func name(of entry: Entry) -> String {
    if entry.layout > 0 { return packs.lineFormats[Int(entry.layout) - 1].name }
    if entry.format == .plain, isStamped(entry) { return Self.stampedText }
    return entry.format.name
  }

  /// Text that no format claims, but that begins with a stamp or a level.
  private static let stampedText = "plain, with a stamp or level"

  private func evidence(of name: String) -> String {
    if let format = packs.lineFormats.first(where: { $0.name == name }) {
      let words =
        format.words.isEmpty ? "" : ", needs the words \(format.words.joined(separator: " "))"
      return "declared by the pack \(format.pack)\(words)"
    }
    return FormatEvidence.of(name)
  }

  // MARK: output

  func text(_ source: String) -> String {
    var text = "\(source): \(entryCount) entries looked at\n"
    for candidate in candidates {
      text +=
        "  \(percent(candidate.fits)) fit, \(percent(candidate.taken)) taken  \(candidate.name)"
        + "  (\(candidate.evidence))\n"
    }
    if !unfit.isEmpty { text += "  lines that fit no format, for example:\n" }
    for line in unfit { text += "    \(line.quotedForMessage)\n" }
    return text
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    let text = "\(tenths / 10).\(tenths % 10) %"
    return String(repeating: " ", count: max(0, 7 - text.count)) + text
  }

  func json(_ source: String) -> String {
    var out = ByteBuffer()
    out.write(#"{"kind":"formats","source":"# as StaticString)
    out.writeJSON(string: Array(source.utf8).span)
    out.write(#","entries":\#(entryCount),"candidates":["#)
    for (index, candidate) in candidates.enumerated() {
      if index > 0 { out.write(0x2c) }
      out.write(#"{"format":"# as StaticString)
      out.writeJSON(string: Array(candidate.name.utf8).span)
      out.write(
        #","fits":\#(thousandths(candidate.fits)),"taken":\#(thousandths(candidate.taken)),"evidence":"#
      )
      out.writeJSON(string: Array(candidate.evidence.utf8).span)
      out.write(0x7d)
    }
    out.write(#"],"unfit":["# as StaticString)
    for (index, line) in unfit.enumerated() {
      if index > 0 { out.write(0x2c) }
      out.writeJSON(string: Array(line.utf8).span)
    }
    out.write("]}\n" as StaticString)
    return out.text()
  }

  private func thousandths(_ share: Double) -> Double { (share * 1000).rounded() / 1000 }
}

/// By what a built-in format is told, in words.
enum FormatEvidence {
  static func of(_ name: String) -> String {
    switch name {
    case "journald": "JSON with __REALTIME_TIMESTAMP, or the journal's export format"
    case "json": "each line is a JSON object"
    case "docker": "JSON with log, stream and time"
    case "gelf": "JSON with version and short_message"
    case "otlp": "JSON with resourceLogs"
    case "syslog": "RFC 5424, or RFC 3164 with a stamp and a host or tag"
    case "logfmt": "key=value pairs, a level, time or message among them"
    case "cri": "stamp, stdout or stderr, F or P"
    case "clf": "address, bracketed stamp, quoted request, status"
    case "cef": "CEF: and seven parts between bars"
    case "leef": "LEEF: and five parts between bars"
    case "winlog": "<Event> with its elements, as Windows renders events"
    case "plain": "text without a header"
    default: "a stamp or a level before the text"
    }
  }
}
