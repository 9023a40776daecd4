internal import Bytes

/// A worker's table of masked texts: 96 bits of their hash in, dense slot number out (from 1).
///
/// Open addressing over flat arrays, at most half full. Equal hashes are taken for equal texts.
/// - Limits: the owner empties it between batches; within one it grows by what that batch holds.
struct MaskTable: ~Copyable {
  /// 16 bytes, so that few cache lines hold what is in use: the low lane and half of the high one, whose
  /// low bits say where it stands.
  private struct Place {
    var low: UInt64 = 0
    var high: UInt32 = 0
    var slot: UInt32 = 0

    @inline(__always)
    static func half(_ hash: StableHash) -> UInt32 { UInt32(truncatingIfNeeded: hash.high >> 32) }
  }

  private static let initialSize = 4096
  private var places: [Place]
  private(set) var count = 0
  /// Bytes of the texts that were noted.
  private(set) var byteCount = 0

  init() {
    places = Array(repeating: Place(), count: Self.initialSize)
  }

  /// The slot of the text with this hash, or 0.
  @inline(__always)
  func slot(_ hash: StableHash) -> UInt32 {
    let mask = places.count &- 1
    var at = Int(Place.half(hash)) & mask
    while true {
      let place = places[at]
      if place.slot == 0 { return 0 }
      if place.low == hash.low, place.high == Place.half(hash) { return place.slot }
      at = (at &+ 1) & mask
    }
  }

  /// Reads of the table what `slot` reads first.
  @inline(__always)
  func touch(_ hash: StableHash) -> UInt32 {
    places[Int(Place.half(hash)) & (places.count &- 1)].slot
  }

  /// Notes a text that is not there yet.
  mutating func insert(_ hash: StableHash, byteCount added: Int) -> UInt32 {
    count += 1
    byteCount += added
    let slot = UInt32(truncatingIfNeeded: count)
    place(Place(low: hash.low, high: Place.half(hash), slot: slot))
    if count * 2 > places.count { grow() }
    return slot
  }

  mutating func removeAll() {
    places = Array(repeating: Place(), count: Self.initialSize)
    count = 0
    byteCount = 0
  }

  private mutating func place(_ new: Place) {
    let mask = places.count - 1
    var at = Int(new.high) & mask
    while places[at].slot != 0 { at = (at + 1) & mask }
    places[at] = new
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: Place(), count: old.count * 2)
    for each in old where each.slot != 0 { place(each) }
  }
}
