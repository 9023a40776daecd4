internal import Bytes
internal import Flow
package import Model

/// Gives entries a category, an outcome and a severity where neither their source nor a pattern did, and
/// notes where each came from.
///
/// Severity: a structured level, a priority or a pattern stands. Without any, the text rules decide, and
/// where they are silent the text model. A syslog or journal priority of info or notice is what a program's
/// standard output gets whatever it says: there, a level that the text writes out is taken instead.
/// Category: the pattern's, else the text model's, else by program, else by service, else by the text's words,
/// else `application` for what has a name.
/// Outcome: the source's or the pattern's, else the text model's, save a failure in security: that marks hostile
/// access, for which a guess is not enough.
/// The text model is asked only of what no pattern knows; it says nothing where it is not sure.
/// - Cost: two look-ups in flat arrays an entry; texts and names are read once, when they are new.
/// - Limits: caches grow with the worker's tables, which are bounded, and are dropped with them.
package struct Classifier: ~Copyable, BatchStage {
  private let rules = Classifier.sharedRules
  private let programs = Classifier.sharedPrograms
  private let model: TextModel?
  private var scratch = TextTokens()
  private var words = DistinctWords()
  private var texts: [TextNote] = []
  /// By symbol; 255 where the name tells nothing.
  private var names: [UInt8] = []

  /// What is known of a masked text.
  private struct TextNote {
    var evidence = TextEvidence()
    var verdict = TextVerdict()
  }

  /// - Parameter model: without one, nothing is guessed.
  package init(model: TextModel? = nil) { self.model = model }

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
      let text = mask < texts.count ? texts[mask] : TextNote()
      if text.evidence.strength != .none, Self.yields(entries[index], to: text.evidence) {
        entries[index].judge(text.evidence.severity, from: .text)
      }
      if case .other = entries[index].category { categorise(&entries[index], text) }
      if entries[index].pattern == 0 { guess(&entries[index], text.verdict) }
    }
    swap(&entries, &batch.entries)
  }

  private static func yields(_ entry: Entry, to text: TextEvidence) -> Bool {
    switch entry.severitySource {
    case .none: true
    case .priority:
      text.strength == .level && (entry.severity == .info || entry.severity == .notice)
        && text.severity != entry.severity
    case .field, .pattern, .text, .model: false
    }
  }

  private func categorise(_ entry: inout Entry, _ text: TextNote) {
    if entry.pattern == 0, text.verdict.category != .other {
      entry.category = text.verdict.category
      entry.categorySource = .model
      entry.categoryConfidence = text.verdict.categoryConfidence
    } else if let known = category(of: entry.program) ?? category(of: entry.service) {
      entry.category = known
      entry.categorySource = .program
    } else if text.evidence.category != .other {
      entry.category = text.evidence.category
      entry.categorySource = .text
    } else if !entry.service.isNone || !entry.program.isNone {
      entry.category = .application
    }
  }

  /// What the text model adds to an entry without a pattern.
  private func guess(_ entry: inout Entry, _ verdict: TextVerdict) {
    if entry.severitySource == .none, verdict.severity != .unknown {
      entry.judge(verdict.severity, from: .model)
      entry.severityConfidence = verdict.severityConfidence
    }
    guard entry.outcome == .none, verdict.outcome != .none else { return }
    if entry.category == .security, verdict.outcome == .failure { return }
    entry.outcome = verdict.outcome
    entry.outcomeSource = .model
    entry.outcomeConfidence = verdict.outcomeConfidence
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
        texts.append(contentsOf: repeatElement(TextNote(), count: at + 1 - texts.count))
      }
      texts[at] = note(arenas.bytes(mask.text), mask.kind)
    }
  }

  private mutating func note(_ text: Span<UInt8>, _ kind: GroupKind) -> TextNote {
    var note = TextNote()
    note.evidence = rules.evidence(text, &scratch)
    switch kind {
    case .exception:
      // Frames are no prose, and no samples: the model is not asked.
      if note.evidence.severity < .error, note.evidence.strength != .level {
        note.evidence.severity = .error
        note.evidence.strength = .prose
      }
    case .message:
      if let model {
        words.take(scratch.tokens)
        note.verdict = model.verdict(words)
      }
    }
    return note
  }
}
