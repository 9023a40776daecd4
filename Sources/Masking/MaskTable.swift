internal import Bytes

/// A worker's table of masked texts: 128-bit hash in, dense slot number out (from 1).
///
/// Open addressing over flat arrays, at most half full. Equal hashes are taken for equal texts.
/// - Limits: the owner empties it between batches; within one it grows by what that batch holds.
struct MaskTable: ~Copyable {
  private struct Place {
    var high: UInt64
    var low: UInt64
    var slot: UInt32
  }

  private static let initialSize = 4096
  private var places: [Place]
  private(set) var count = 0
  /// Bytes of the texts that were noted.
  private(set) var byteCount = 0

  init() {
    places = Array(repeating: Place(high: 0, low: 0, slot: 0), count: Self.initialSize)
  }

  /// The slot of the text with this hash, or 0.
  @inline(__always)
  func slot(_ hash: StableHash) -> UInt32 {
    let mask = places.count &- 1
    var at = Int(truncatingIfNeeded: hash.high) & mask
    while true {
      let place = places[at]
      if place.slot == 0 { return 0 }
      if place.high == hash.high, place.low == hash.low { return place.slot }
      at = (at &+ 1) & mask
    }
  }

  /// Reads of the table what `slot` reads first.
  @inline(__always)
  func touch(_ hash: StableHash) -> UInt32 {
    places[Int(truncatingIfNeeded: hash.high) & (places.count &- 1)].slot
  }

  /// Notes a text that is not there yet.
  mutating func insert(_ hash: StableHash, byteCount added: Int) -> UInt32 {
    count += 1
    byteCount += added
    let slot = UInt32(truncatingIfNeeded: count)
    place(Place(high: hash.high, low: hash.low, slot: slot))
    if count * 2 > places.count { grow() }
    return slot
  }

  mutating func removeAll() {
    places = Array(repeating: Place(high: 0, low: 0, slot: 0), count: Self.initialSize)
    count = 0
    byteCount = 0
  }

  private mutating func place(_ new: Place) {
    let mask = places.count - 1
    var at = Int(truncatingIfNeeded: new.high) & mask
    while places[at].slot != 0 { at = (at + 1) & mask }
    places[at] = new
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: Place(high: 0, low: 0, slot: 0), count: old.count * 2)
    for each in old where each.slot != 0 { place(each) }
  }
}
