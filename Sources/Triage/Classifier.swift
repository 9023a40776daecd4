internal import Bytes
internal import Flow
package import Model

/// Gives entries a category and a severity where neither their source nor a pattern did.
///
/// Severity: a structured level, a priority or a pattern stands. Without any, the text rules decide. A
/// syslog or journal priority of info or notice is what a program's standard output gets whatever
/// it says: there, a level that the text writes out is taken instead.
/// Category: the pattern's, else by program, else by service, else by the text's words, else
/// `application` for what has a name.
/// - Cost: two look-ups in flat arrays an entry; texts and names are read once, when they are new.
/// - Limits: caches grow with the worker's tables, which are bounded, and are dropped with them.
package struct Classifier: ~Copyable, BatchStage {
  private let rules = Classifier.sharedRules
  private let programs = Classifier.sharedPrograms
  private var scratch = TextTokens()
  private var texts: [TextEvidence] = []
  /// By symbol; 255 where the name tells nothing.
  private var names: [UInt8] = []

  package init() {}

  // Made once for all workers: they take half a millisecond each.
  private static let sharedRules = TextRules()
  private static let sharedPrograms = ProgramCategories()

  package mutating func process(_ batch: Batch) {
    if batch.restartsNames { names.removeAll(keepingCapacity: true) }
    if batch.restartsMasks { texts.removeAll(keepingCapacity: true) }
    learn(batch)
    // Out of the batch while they change: an access to a class's property is checked each time.
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    for index in entries.indices {
      let mask = Int(entries[index].mask)
      let text = mask < texts.count ? texts[mask] : TextEvidence()
      if text.strength != .none, Self.yields(entries[index], to: text) {
        entries[index].judge(text.severity, from: .text)
      }
      if case .other = entries[index].category {
        entries[index].category = category(of: entries[index], text)
      }
    }
    swap(&entries, &batch.entries)
  }

  private static func yields(_ entry: Entry, to text: TextEvidence) -> Bool {
    switch entry.severitySource {
    case .none: true
    case .priority:
      text.strength == .level && (entry.severity == .info || entry.severity == .notice)
        && text.severity != entry.severity
    case .field, .pattern, .text: false
    }
  }

  private func category(of entry: Entry, _ text: TextEvidence) -> Category {
    if let known = category(of: entry.program) ?? category(of: entry.service) { return known }
    guard case .other = text.category else { return text.category }
    return entry.service.isNone && entry.program.isNone ? .other : .application
  }

  private func category(of symbol: Symbol) -> Category? {
    symbol.index < names.count ? Category(rawValue: names[symbol.index]) : nil
  }

  private mutating func learn(_ batch: Batch) {
    let arenas = batch.arenas
    for name in batch.newNames {
      let at = name.symbol.index
      if at >= names.count {
        names.append(contentsOf: repeatElement(255, count: at + 1 - names.count))
      }
      names[at] = programs.category(arenas.bytes(name.spelling))?.rawValue ?? 255
    }
    for mask in batch.newMasks {
      let at = Int(mask.slot)
      if at >= texts.count {
        texts.append(contentsOf: repeatElement(TextEvidence(), count: at + 1 - texts.count))
      }
      var evidence = rules.evidence(arenas.bytes(mask.text), &scratch)
      if mask.kind == .exception, evidence.severity < .error, evidence.strength != .level {
        evidence.severity = .error
        evidence.strength = .prose
      }
      texts[at] = evidence
    }
  }
}
