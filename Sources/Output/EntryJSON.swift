package import Bytes
package import Model

/// Normalised entries as JSON lines (CONTRACT section 4): one flat object an entry, ECS names.
///
/// Keys, in this order, those without a value left out: `@timestamp`, `message`, `log.level`,
/// `severity_number`, `severity_source`, `host.name`, `service.name`, `process.name`, `process.pid`,
/// `journald.cursor` or `log.file.path`, `log.offset`, `log.line`, `trace.id`; what the pattern
/// captured; `event.category` of an entry with a security signal, `event.outcome`; the source's fields in
/// their order; `taffrail.time_source` where it is not the entry's own stamp, `taffrail.repeated` (how many
/// entries a line stands for), `taffrail.format`, `.pattern`, `.category`, `.category_source`,
/// `.outcome_source`, `.category_confidence`, `.outcome_confidence`, `.severity_confidence` (where the text
/// model told), `.severity` (what a pattern or the text made of it, where the source stated another), `.group`,
/// `.template`, `.params`. A key is written once: ours first, then the pattern's, then the source's; a source's
/// field that comes second goes under `taffrail.source.`, and a third of that name is left out and
/// counted (`leftOut`). Names are as the decoders give them: the journal's own behind `journald.`.
/// - Limits: none an entry; the store of names has its own.
package struct EntryJSON: ~Copyable {
  private let keys: FieldKeys
  private var names = SpellingTable()
  private var paths = SpellingTable()
  private var patterns = SpellingTable()
  private var layouts = SpellingTable()
  private var met = KeySet()
  private var stamp = SecondStamp()
  private var text = EntryText()
  /// Fields that were left out because two of their name had been written.
  package private(set) var leftOut = 0

  /// - Parameters:
  ///   - fields: the catalogue, with all that packs declared.
  ///   - patterns: ids of the loaded patterns, by their number; the first is number 1.
  ///   - lines: names of the declared line formats, by their number; the first is number 1.
  ///   - redactor: where given, secrets are taken out of all texts.
  package init(
    fields: FieldNames, patterns ids: [String], lines: [String] = [], redactor: Redactor? = nil
  ) {
    keys = FieldKeys(fields, redacts: redactor != nil)
    text.redactor = redactor
    for (index, name) in lines.enumerated() {
      layouts.learn(index + 1, json: Array(name.utf8).span)
    }
    for (index, id) in ids.enumerated() { patterns.learn(index + 1, json: Array(id.utf8).span) }
  }

  /// Makes a service's, host's or program's name known; to be called before the first entry that has it.
  package mutating func learn(_ symbol: Symbol, _ spelling: Span<UInt8>) {
    if spelling.count > 0 { names.learn(symbol.index, json: spelling) }
  }

  /// Makes a source's name known: a path, or `-`.
  package mutating func learn(source: Int, path: String) {
    paths.learn(source, json: Array(path.utf8).span)
  }

  /// Writes an entry's line.
  ///
  /// - Parameters:
  ///   - group: nil leaves out group, template and parameters.
  ///   - parameters: what stands for the template's wildcards, in order, in the batch's arenas.
  package mutating func write(
    _ entry: Entry, of batch: Batch, group: GroupID? = nil, template: Span<UInt8>,
    parameters: Span<ByteRange>, to out: inout ByteBuffer
  ) {
    let arenas = batch.arenas
    out.write(0x7b)
    let written = writeHead(entry, of: batch, to: &out)
    let fields = batch.fields
    met.begin(expecting: 2 * (Int(entry.captureCount) + Int(entry.fieldCount)))
    let captures = entry.captureRange.clamped(to: fields.startIndex..<fields.endIndex)
    for index in captures {
      write(fields[index], besides: written, arenas, to: &out)
    }
    out.write(eventCategory: entry.signal)
    if entry.outcome != .none { out.write(outcome: entry.outcome) }
    let own = entry.fieldRange.clamped(to: fields.startIndex..<fields.endIndex)
    for index in own {
      write(fields[index], besides: written, arenas, to: &out)
    }
    writeTail(entry, to: &out)
    if let group {
      out.write(#","taffrail.group":""# as StaticString)
      out.write(hex: group.number)
      out.write(#"","taffrail.template":"# as StaticString)
      text.write(template, to: &out)
      if parameters.count > 0 {
        out.write(#","taffrail.params":["# as StaticString)
        for index in 0..<parameters.count {
          if index > 0 { out.write(0x2c) }
          text.write(parameter: arenas.bytes(parameters[index]), to: &out)
        }
        out.write(0x5d)
      }
    }
    out.write("}\n" as StaticString)
  }

  /// The keys up to `trace.id`; tells which of ours were written.
  private mutating func writeHead(
    _ entry: Entry, of batch: Batch, to out: inout ByteBuffer
  ) -> OwnKeys {
    let arenas = batch.arenas
    var written: OwnKeys = [.message, .severitySource]
    if entry.time.isKnown {
      out.write(#""@timestamp":""# as StaticString)
      stamp.write(entry.time, fractionDigits: Int(entry.timeDigits), to: &out)
      out.write(#"","# as StaticString)
      written.insert(.time)
    }
    out.write(#""message":"# as StaticString)
    text.write(message: arenas.bytes(entry.message), to: &out)
    let isStated = entry.statedSeverity != .unknown
    let severity = isStated ? entry.statedSeverity : entry.severity
    if severity != .unknown {
      out.write(severity: severity)
      written.formUnion([.level, .severityNumber])
    }
    out.write(source: isStated ? entry.statedSource : entry.severitySource)
    if names.has(entry.host.index) {
      out.write(#","host.name":"# as StaticString)
      _ = names.write(entry.host.index, to: &out)
      written.insert(.host)
    }
    if names.has(entry.service.index) {
      out.write(#","service.name":"# as StaticString)
      _ = names.write(entry.service.index, to: &out)
      written.insert(.service)
    }
    if names.has(entry.program.index) {
      out.write(#","process.name":"# as StaticString)
      _ = names.write(entry.program.index, to: &out)
      written.insert(.processName)
    }
    if entry.process >= 0 {
      out.write(#","process.pid":"# as StaticString)
      out.write(decimal: Int64(entry.process))
      written.insert(.processID)
    }
    if !entry.cursor.isEmpty {
      out.write(#","journald.cursor":"# as StaticString)
      out.writeJSON(string: arenas.bytes(entry.cursor))
      written.insert(.cursor)
    } else if paths.has(batch.source) {
      out.write(#","log.file.path":"# as StaticString)
      _ = paths.write(batch.source, to: &out)
      out.write(#","log.offset":"# as StaticString)
      out.write(decimal: batch.offset &+ Int64(entry.frame.offset))
      out.write(#","log.line":"# as StaticString)
      out.write(decimal: batch.firstLine &+ Int64(entry.line))
      written.formUnion([.path, .offset, .line])
    }
    if !entry.trace.isEmpty {
      out.write(#","trace.id":"# as StaticString)
      out.writeJSON(string: arenas.bytes(entry.trace))
      written.insert(.trace)
    }
    if entry.outcome != .none { written.insert(.outcome) }
    // Nothing of ours stands under the name where the signal is one without a word: no harm is done.
    if entry.signal != .none { written.insert(.eventCategory) }
    return written
  }

  private mutating func write(
    _ field: Field, besides written: OwnKeys, _ arenas: ArenaPair,
    to out: inout ByteBuffer
  ) {
    if field.kind == .null { return }
    let key = keys.key(field, in: arenas)
    let isFirst = met.meet(key.hash) == 0
    if isFirst, key.own.isDisjoint(with: written), !key.isReserved {
      keys.write(field, prefix: "", in: arenas, to: &out)
    } else if met.meet(keys.hashBehindSource(field, in: arenas)) == 0 {
      keys.write(field, prefix: "taffrail.source.", in: arenas, to: &out)
    } else {
      leftOut += 1
      return
    }
    if key.isSecret, text.redacts {
      out.writeJSON(string: "[redacted]")
    } else {
      text.write(value: arenas.bytes(field.value), kind: field.kind, to: &out)
    }
  }

  private func writeTail(_ entry: Entry, to out: inout ByteBuffer) {
    switch entry.timeSource {
    case .none, .stamp: break
    case .inherited: out.write(#","taffrail.time_source":"inherited""# as StaticString)
    case .arrival: out.write(#","taffrail.time_source":"arrival""# as StaticString)
    }
    if entry.flags.contains(.closedByClock) {
      out.write(#","closed_by":"clock""# as StaticString)
    }
    if entry.flags.contains(.repeated) {
      out.write(#","taffrail.repeated":"# as StaticString)
      out.write(decimal: Int64(min(Int(entry.weight), Entry.weightLimit)))
    }
    if layouts.has(Int(entry.layout)) {
      out.write(#","taffrail.format":"# as StaticString)
      _ = layouts.write(Int(entry.layout), to: &out)
    } else {
      out.write(format: entry.format)
    }
    if patterns.has(Int(entry.pattern)) {
      out.write(#","taffrail.pattern":"# as StaticString)
      _ = patterns.write(Int(entry.pattern), to: &out)
    }
    out.write(category: entry.category)
    out.write(categorySource: entry.categorySource)
    if entry.outcome != .none { out.write(outcomeSource: entry.outcomeSource) }
    writeConfidences(entry, to: &out)
    if entry.statedSeverity != .unknown, entry.statedSeverity != entry.severity {
      out.write(#","taffrail.severity":""# as StaticString)
      out.write(entry.severity.name)
      out.write(0x22)
    }
  }

  /// What the text model says of its own certainty.
  private func writeConfidences(_ entry: Entry, to out: inout ByteBuffer) {
    out.write(confidence: entry.categoryConfidence, #","taffrail.category_confidence":"#)
    if entry.outcome != .none {
      out.write(confidence: entry.outcomeConfidence, #","taffrail.outcome_confidence":"#)
    }
    out.write(confidence: entry.severityConfidence, #","taffrail.severity_confidence":"#)
  }
}
