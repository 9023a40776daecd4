internal import Bytes
internal import Detection
internal import Flow
internal import Grouping
internal import Model
internal import Output
internal import Store

/// Makes a partial of what an analysis takes, and writes it as minutes are closed.
final class ShardCondenser {
  /// The casebook's numbers in words.
  private struct Names: PartialNames {
    let casebook: RunCasebook
    let fields: FieldNames
    let patterns: [String]

    func name(of symbol: Symbol) -> String { casebook.name(of: symbol) }

    func shape(_ number: Int) -> (text: [UInt8], kind: GroupKind) {
      casebook.run.registry.shape(number)
    }

    func name(of field: FieldName) -> String { fields[field] }

    func id(ofPattern number: Int) -> String {
      patterns.indices.contains(number - 1) ? patterns[number - 1] : ""
    }
  }

  private let sink: any LineSink
  private let fields: FieldNames
  private let patterns: [String]
  private var condenser: Condenser
  /// Holds what a line tells to have come again while it is taken.
  private let repeated = Batch(inputCapacity: 1 << 12, sideCapacity: 1 << 14)
  private(set) var state = SinkState.open

  init(_ settings: PartialSettings, fields: FieldNames, patterns: [String], to sink: any LineSink) {
    self.sink = sink
    self.fields = fields
    self.patterns = patterns
    condenser = Condenser(settings)
  }

  /// Takes entries that have just been recorded.
  func take(_ batch: Batch, _ run: Range<Int>, _ casebook: RunCasebook) {
    for index in run where batch.entries[index].flags.isDisjoint(with: .notCounted) {
      let isRepetition = batch.echoes > 0 && repeats(index, of: batch, casebook)
      condenser.take(
        isRepetition ? 0 : index, of: isRepetition ? repeated : batch,
        seed: { casebook.run.registry.seed(of: ShapeNumber(index: $0)) },
        place: { casebook.reference(EntryPlace(of: batch.entries[index], in: batch)) })
      if condenser.isFull {
        condenser.relieve(names(casebook)) { hand(on: $0) }
      }
    }
  }

  /// Makes `repeated` hold an entry that only says that its host's last one came again, with the signal and the words of that
  /// one; false where that had no signal.
  private func repeats(_ index: Int, of batch: Batch, _ casebook: RunCasebook) -> Bool {
    guard batch.entries[index].isEcho,
      let last = casebook.run.repeatedSignal(index, of: batch)
    else { return false }
    last.place(in: repeated, for: batch.entries[index], of: batch)
    var entry = batch.entries[index]
    let words = repeated.entries[0]
    entry.signal = words.signal
    entry.message = words.message
    (entry.fieldStart, entry.fieldCount) = (words.fieldStart, words.fieldCount)
    (entry.captureStart, entry.captureCount) = (0, 0)
    repeated.entries[0] = entry
    for match in batch.ruleMatches where Int(match.entry) == index {
      repeated.ruleMatches.append(RuleMatch(entry: 0, rule: Int(match.rule), gaveUp: match.gaveUp))
    }
    return true
  }

  func forget(_ minute: Minute, _ casebook: RunCasebook) {
    condenser.forget(minute, names(casebook))
  }

  func close(_ minute: Minute, _ tally: MinuteTally, _ casebook: RunCasebook) {
    condenser.close(minute, shapes: tally.shapes, names(casebook))
    condenser.keepNext()
    write()
  }

  /// Writes what is left, and the books; tells what became of the output.
  func finish(_ books: PartialBooks, _ casebook: RunCasebook) -> SinkState {
    condenser.finish(books, names(casebook))
    write()
    return state == .open ? sink.flush() : state
  }

  /// How often a minute's entries were written before it was closed, as a note; nil where they never were.
  var note: String? {
    let times = condenser.writtenEarly
    guard times > 0 else { return nil }
    return
      "what was held exceeded \(Condenser.heldLimit >> 20) MB and was written before its minutes' ends: "
      + (times == 1 ? "once" : "\(times) times")
  }

  private func names(_ casebook: RunCasebook) -> Names {
    Names(casebook: casebook, fields: fields, patterns: patterns)
  }

  private func write() {
    guard condenser.hasOutput else { return }
    condenser.drain { hand(on: $0) }
  }

  private func hand(on bytes: Span<UInt8>) {
    if state == .open { state = sink.write(bytes) }
  }
}
