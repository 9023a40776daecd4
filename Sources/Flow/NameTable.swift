package import Bytes
package import Model

/// A worker's table of names: bytes in, small number out, the same number for the same bytes.
///
/// Open addressing over a flat array, names kept in an arena of its own; about 10 ns a look-up.
/// - Limits: emptied at a batch's start once it holds over 65,536 names or 4 MiB; within a batch it
///   grows by what that batch holds.
package struct NameTable: ~Copyable {
  private struct Slot {
    var hash: UInt64
    var symbol: UInt32
    var start: UInt32
    var count: UInt32
  }

  private static let limit = 65_536
  private static let byteLimit = 4 << 20

  private var slots: [Slot]
  private var used = 0
  private let names = Arena(capacity: 64 << 20)

  package init() {
    slots = Array(repeating: Slot(hash: 0, symbol: 0, start: 0, count: 0), count: 1024)
  }

  /// Empties the table where it has grown over its limits; to be called before each batch.
  package mutating func beginBatch(_ batch: Batch) {
    guard used > Self.limit || names.count > Self.byteLimit else { return }
    slots = Array(repeating: Slot(hash: 0, symbol: 0, start: 0, count: 0), count: 1024)
    used = 0
    names.reset()
    batch.restartsNames = true
  }

  /// The symbol of the name that stands in `range`; a new one is noted in the batch. Empty is none.
  package mutating func symbol(_ range: ByteRange, in batch: Batch) -> Symbol {
    if range.isEmpty { return .none }
    let arenas = batch.arenas
    let name = arenas.bytes(range)
    let hash = Self.hash(name)
    var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[at].symbol != 0 {
      let slot = slots[at]
      if slot.hash == hash, names.bytes(Int(slot.start), count: Int(slot.count)).equals(name) {
        return Symbol(number: slot.symbol)
      }
      at = (at + 1) & (slots.count - 1)
    }
    guard let start = names.append(name) else { return .none }
    used += 1
    let symbol = Symbol(number: UInt32(used))
    slots[at] = Slot(
      hash: hash, symbol: symbol.number, start: UInt32(start), count: UInt32(name.count))
    batch.newNames.append(NewName(symbol: symbol, spelling: range))
    if used * 2 > slots.count { grow() }
    return symbol
  }

  private mutating func grow() {
    var larger = Array(
      repeating: Slot(hash: 0, symbol: 0, start: 0, count: 0), count: slots.count * 2)
    for slot in slots where slot.symbol != 0 {
      var at = Int(truncatingIfNeeded: slot.hash) & (larger.count - 1)
      while larger[at].symbol != 0 { at = (at + 1) & (larger.count - 1) }
      larger[at] = slot
    }
    slots = larger
  }

  private static func hash(_ name: Span<UInt8>) -> UInt64 { StableHash(name).high }
}
