internal import Bytes
internal import Flow
package import Model

/// Gives each entry the hash of its strongest correlation id: trace, else request, session, order.
///
/// Ids of different kinds never share a hash by sharing digits. What stands for no id (`-`, `null`,
/// zeros) is none. A pure function of the entry's bytes; an entry without fields costs a few compares.
package struct ContextReader: ~Copyable, BatchStage {
  /// Strongest first; a rank of 0 is the trace, which decoders set themselves.
  private let trace: UInt16
  private let request: UInt16
  private let session: UInt16
  private let order: UInt16

  package init(names: FieldNames) {
    trace = names.number(of: "trace.id")?.number ?? .max
    request = WellKnownField.requestID.name.number
    session = WellKnownField.sessionID.name.number
    order = WellKnownField.orderID.name.number
  }

  package mutating func process(_ batch: Batch) {
    let arenas = batch.arenas
    // Out of the batch while they change: an access to a class's property is checked each time.
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    let fields = batch.fields
    for index in entries.indices {
      if !entries[index].trace.isEmpty {
        let context = Self.context(arenas.bytes(entries[index].trace), rank: 0)
        if context != 0 {
          entries[index].context = context
          continue
        }
      }
      if entries[index].captureCount == 0, entries[index].fieldCount == 0 { continue }
      let captured = strongest(fields, entries[index].captureRange, arenas)
      let own = strongest(fields, entries[index].fieldRange, arenas)
      let best = captured.rank <= own.rank ? captured : own
      if best.rank < Self.noRank { entries[index].context = best.context }
    }
    swap(&entries, &batch.entries)
  }

  private static let noRank = 4

  private func strongest(
    _ fields: [Field], _ range: Range<Int>, _ arenas: ArenaPair
  ) -> (rank: Int, context: UInt64) {
    var best = (rank: Self.noRank, context: UInt64(0))
    for index in range.clamped(to: 0..<fields.count) {
      let number = fields[index].name.number
      if number == 0 { continue }
      let rank = rank(of: number)
      guard rank < best.rank else { continue }
      let context = Self.context(arenas.bytes(fields[index].value), rank: rank)
      if context != 0 { best = (rank, context) }
    }
    return best
  }

  private func rank(of number: UInt16) -> Int {
    if number == request { return 1 }
    if number == session { return 2 }
    if number == order { return 3 }
    return number == trace ? 0 : Self.noRank
  }

  /// The hash of an id of a kind; 0 where the bytes stand for no id.
  package static func context(_ id: Span<UInt8>, rank: Int) -> UInt64 {
    guard id.count > 0, !isPlaceholder(id) else { return 0 }
    let salt = UInt64(truncatingIfNeeded: rank) &* 0x9e37_79b9_7f4a_7c15
    let hash = StableHash(id).high ^ salt
    return hash == 0 ? 1 : hash
  }

  private static func isPlaceholder(_ id: Span<UInt8>) -> Bool {
    switch id[0] {
    case 0x2d: return id.count == 1
    case 0x30:
      for at in 1..<id.count where id[at] != 0x30 && id[at] != 0x2d { return false }
      return true
    case 0x6e: return id.equals("null") || id.equals("nil") || id.equals("none")
    case 0x4e: return id.equals("None")
    case 0x75: return id.equals("undefined")
    default: return false
    }
  }
}
