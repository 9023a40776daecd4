internal import Bytes
internal import Flow
internal import Model
internal import Triage

/// What `explain --classification` does with the entries: of each text, masked, and each way in which it was
/// classified, it keeps the first and counts the others.
///
/// - Limits: the first `entryLimit` entries, of messages 2 KiB.
final class ClassificationCensus: EntryCensus {
  struct Case {
    var entry: Entry
    var message: String
    var program: String
    var count = 1
    /// How the text model answers, said or not; empty where it was not asked.
    var readings: [TextReading] = []
  }

  private struct Key: Hashable {
    var mask: UInt32
    var pattern: UInt16
    var severity: Severity
    var category: Model.Category
    var outcome: Outcome
  }

  let casebook: RunCasebook
  private let model: TextModel?
  private let entryLimit: Int
  private var masker = MessageMasker()
  private var places: [Key: Int] = [:]
  private var seen = 0
  /// In the order of the stream.
  private(set) var cases: [Case] = []

  private static let messageSize = 2 << 10

  init(casebook: RunCasebook, model: TextModel?, entryLimit: Int) {
    self.casebook = casebook
    self.model = model
    self.entryLimit = entryLimit
  }

  var isDone: Bool { seen >= entryLimit }

  func note(_ entry: Entry, _ batch: Batch) {
    seen += 1
    let key = Key(
      mask: entry.mask, pattern: entry.pattern, severity: entry.severity,
      category: entry.category, outcome: entry.outcome)
    if let place = places[key] {
      cases[place].count += 1
      return
    }
    places[key] = cases.count
    var shown = entry.message
    shown.count = min(shown.count, UInt32(Self.messageSize))
    var message = ByteWriter()
    let arenas = batch.arenas
    message.write(arenas.bytes(shown))
    let program = entry.program.isNone ? entry.service : entry.program
    var found = Case(
      entry: entry, message: String(decoding: message.bytes, as: UTF8.self),
      program: casebook.name(of: program))
    if entry.pattern == 0, !entry.flags.contains(.exception), let model {
      found.readings = model.readings(masker.masked(message.bytes))
    }
    cases.append(found)
  }
}
