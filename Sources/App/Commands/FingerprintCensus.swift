internal import Bytes
internal import Flow
internal import Masking
internal import Model

/// What `explain --fingerprint` does with the entries: of each shape it keeps the first and counts the others.
///
/// - Limits: the first `entryLimit` entries, of messages 2 KiB.
final class FingerprintCensus: EntryCensus {
  struct Case {
    var shape: ShapeNumber
    var message: String
    var count = 1
    /// The message with its values masked.
    var masked: String
    var exception: ExceptionFingerprint?
    /// The rule that decided, from 1 in the order of the configuration.
    var rule: Int?
  }

  let casebook: RunCasebook
  private let grouping: GroupingSettings
  private let entryLimit: Int
  private var masker = MessageMasker()
  private var ruler: FingerprintRuler
  private var places: [UInt32: Int] = [:]
  private var seen = 0
  /// In the order of the stream.
  private(set) var cases: [Case] = []

  private static let messageSize = 2 << 10

  init(casebook: RunCasebook, grouping: GroupingSettings, entryLimit: Int) {
    self.casebook = casebook
    self.grouping = grouping
    self.entryLimit = entryLimit
    ruler = FingerprintRuler(grouping.rules, frames: grouping.frames, firstNumber: 1)
  }

  var isDone: Bool { seen >= entryLimit }

  func note(_ entry: Entry, _ batch: Batch) {
    seen += 1
    if let place = places[entry.mask] {
      cases[place].count += 1
      return
    }
    places[entry.mask] = cases.count
    var message = ByteWriter()
    let arenas = batch.arenas
    message.write(arenas.bytes(entry.message))
    let service = Array(casebook.name(of: entry.service).utf8)
    let decision = ruler.decide(entry, of: service, in: batch)
    let isException = entry.flags.contains(.exception)
    cases.append(
      Case(
        shape: ShapeNumber(index: Int(entry.mask)),
        message: String(decoding: message.bytes.prefix(Self.messageSize), as: UTF8.self),
        masked: isException ? "" : String(decoding: masker.masked(message.bytes), as: UTF8.self),
        exception: isException
          ? ExceptionMask.fingerprint(entry, in: batch, grouping.frames) : nil,
        rule: decision.map { $0.rule + 1 }))
  }
}
