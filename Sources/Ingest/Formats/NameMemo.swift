import Bytes
import Flow
import Model

/// The names that stood in one place of a header lately: a name met again costs two comparisons.
///
/// Direct-mapped, 128 places; names of up to 16 bytes. A pure cache of the worker's name table.
struct NameMemo {
  private struct Place {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var hash: UInt64 = 0
    var symbol = Symbol.none
    var count: Int32 = -1
  }

  private static let placeCount = 128
  private var places = [Place](repeating: Place(), count: NameMemo.placeCount)
  /// Hash of the last name's bytes.
  private(set) var hash: UInt64 = 0

  mutating func forget() {
    for index in 0..<Self.placeCount { places[index] = Place() }
  }

  /// The symbol of `text`'s bytes `from ..< to`.
  @inline(__always)
  mutating func symbol(
    _ text: FrameText, _ from: Int, _ to: Int, _ batch: Batch, _ names: inout NameTable
  ) -> Symbol {
    let bytes = text.bytes
    let length = to &- from
    guard length <= 16, from &+ 16 <= bytes.count else {
      return lookUp(text, from, to, batch, &names)
    }
    var head = bytes.word(at: from)
    var tail = bytes.word(at: from &+ 8)
    if length < 8 {
      head &= (1 << UInt64(length * 8)) &- 1
      tail = 0
    } else if length < 16 {
      tail &= (1 << UInt64((length &- 8) * 8)) &- 1
    }
    let mixed = (head ^ tail &* 0x9fb2_1c65_1e98_df25) &* 0xa076_1d64_78bd_642f
    let index = Int(truncatingIfNeeded: mixed >> 57)
    let place = places[index]
    if place.head == head, place.tail == tail, place.count == Int32(truncatingIfNeeded: length) {
      hash = place.hash
      return place.symbol
    }
    let symbol = lookUp(text, from, to, batch, &names)
    places[index] = Place(
      head: head, tail: tail, hash: hash, symbol: symbol, count: Int32(truncatingIfNeeded: length))
    return symbol
  }

  @inline(never)
  private mutating func lookUp(
    _ text: FrameText, _ from: Int, _ to: Int, _ batch: Batch, _ names: inout NameTable
  ) -> Symbol {
    hash = StableHash(text.bytes.extracting(from..<to)).high
    return names.symbol(text.range(from, to), in: batch)
  }
}
