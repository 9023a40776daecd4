internal import Bytes
internal import Flow
internal import Grouping
internal import Model
internal import Output

/// Writes entries as JSON lines at the merge: names, groups and templates are those known there.
final class EntryWriter {
  private var json: EntryJSON
  private var known = 0
  private let sources: SourceNames
  private var knownSources = 0

  /// - Parameters:
  ///   - patterns: ids of the loaded patterns, by number.
  ///   - lines: names of the declared line formats, by number.
  init(
    fields: FieldNames, patterns: [String], lines: [String], sources: SourceNames,
    redactor: Redactor?
  ) {
    json = EntryJSON(fields: fields, patterns: patterns, lines: lines, redactor: redactor)
    self.sources = sources
  }

  /// Writes the analysed entries of a run, whose `mask` holds their shape.
  func write(_ batch: Batch, _ run: Range<Int>, _ casebook: RunCasebook, to out: inout ByteBuffer) {
    learnNames(casebook)
    if batch.source >= knownSources {
      for name in sources.names(from: knownSources) {
        json.learn(source: knownSources, path: name)
        knownSources += 1
      }
    }
    for index in run {
      let entry = batch.entries[index]
      if !entry.flags.isDisjoint(with: [.own, .filtered, .late]) { continue }
      let shape = ShapeNumber(index: Int(entry.mask))
      let group = casebook.run.registry.group(of: shape)
      let template = casebook.run.registry.template(of: shape)
      let parameters = parameters(of: entry, in: batch, template)
      json.write(
        entry, of: batch, group: group, template: Array(template.utf8).span,
        parameters: parameters.span, to: &out)
    }
  }

  /// What stands for the template's wildcards, put into the side arena.
  private func parameters(of entry: Entry, in batch: Batch, _ template: String) -> [ByteRange] {
    let arenas = batch.arenas
    let found = Parameters(of: arenas.bytes(entry.message), template: template)
    return found.values.compactMap { value in
      arenas.side.append(value).map { ByteRange($0, count: value.utf8.count, inSide: true) }
    }
  }

  private func learnNames(_ casebook: RunCasebook) {
    let count = casebook.run.names.count
    while known < count {
      let symbol = Symbol(number: UInt32(known))
      let name = Array(casebook.run.names.name(of: symbol).utf8)
      json.learn(symbol, name.span)
      known += 1
    }
  }
}
