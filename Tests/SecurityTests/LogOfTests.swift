import Bytes
import Flow
import Model

@testable import Security

/// A log that a test writes entry by entry, read by the signal reader and watched by the desk.
struct LogOfTests: ~Copyable {
  private var reader = SignalReader(names: FieldNames())
  private var desk = SecurityDesk(names: FieldNames(), inputName: "log", rules: .none)

  /// Reads one entry at a second of event time; what opens with it.
  mutating func take(
    at second: Int, _ fields: [WellKnownField: String], spelled: [String: String] = [:],
    category: Model.Category = .security,
    outcome: Outcome = .failure, format: SourceFormat = .plain
  ) -> [Insight] {
    let batch = Batch(inputCapacity: 4096, sideCapacity: 64)
    var entry = Entry()
    entry.time = Timestamp(nanoseconds: Int64(second) * 1_000_000_000)
    entry.category = category
    entry.outcome = outcome
    entry.format = format
    for (name, value) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let start = batch.arenas.input.append(value) ?? 0
      batch.fields.append(Field(name.name, ByteRange(start, count: value.utf8.count)))
    }
    for (name, value) in spelled {
      let key = batch.arenas.input.append(name) ?? 0
      let start = batch.arenas.input.append(value) ?? 0
      batch.fields.append(
        Field(
          spelled: ByteRange(key, count: name.utf8.count),
          ByteRange(start, count: value.utf8.count)))
    }
    // Text's fields are what a pattern captured, JSON's are the source's own.
    if format == .json {
      entry.fieldCount = UInt16(batch.fields.count)
    } else {
      entry.captureCount = UInt16(fields.count)
    }
    batch.entries = [entry]
    reader.process(batch)
    signal = batch.entries[0].signal
    told = batch.entries[0]
    return desk.take(0, of: batch, casebook: NoCasebook()) { "log:\($0.line)" }
  }

  /// A restart: what was remembered goes on in another run.
  @discardableResult
  mutating func restart(damaging: Bool = false) -> Bool {
    var kept = desk.kept
    if damaging { kept[kept.count / 2] ^= 1 }
    desk = SecurityDesk(names: FieldNames(), inputName: "log", rules: .none)
    return desk.resume(kept)
  }

  /// What the last entry was taken for.
  private(set) var signal = SecuritySignal.none
  /// The last entry as the reader left it.
  private(set) var told = Entry()

  mutating func close(minute: Int) -> [Insight] {
    desk.close(MinuteFacts(minute: Minute(number: Int64(minute))))
  }
}

struct NoCasebook: Casebook {
  func name(of symbol: Symbol) -> String { "" }
  func profile(of group: GroupID) -> GroupProfile? { nil }
  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID] { [] }
  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry] { [] }
  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker] { [] }
  func hosts(of group: GroupID) -> [Symbol] { [] }
  var hasSeveralHosts: Bool { false }
  func contexts(of group: GroupID) -> [UInt64] { [] }
}
