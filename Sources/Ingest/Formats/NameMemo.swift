import Bytes
import Flow
import Model

/// The last name that stood in one place of a header: a repeated name costs a comparison.
struct NameMemo {
  private var head: UInt64 = 0
  private var tail: UInt64 = 0
  private var count = -1
  private var symbol = Symbol.none
  /// Hash of the last name's bytes.
  private(set) var hash: UInt64 = 0

  mutating func forget() { count = -1 }

  /// The symbol of `text`'s bytes `from ..< to`.
  @inline(__always)
  mutating func symbol(
    _ text: FrameText, _ from: Int, _ to: Int, _ batch: Batch, _ names: inout NameTable
  ) -> Symbol {
    let bytes = text.bytes
    let length = to - from
    guard length <= 16, from + 16 <= bytes.count else {
      count = -1
      hash = StableHash(bytes.extracting(from..<to)).high
      return names.symbol(text.range(from, to), in: batch)
    }
    var low = bytes.word(at: from)
    var high = bytes.word(at: from + 8)
    if length < 8 {
      low &= (1 << UInt64(length * 8)) &- 1
      high = 0
    } else if length < 16 {
      high &= (1 << UInt64((length - 8) * 8)) &- 1
    }
    if length == count, low == head, high == tail { return symbol }
    head = low
    tail = high
    count = length
    hash = StableHash(bytes.extracting(from..<to)).high
    symbol = names.symbol(text.range(from, to), in: batch)
    return symbol
  }
}
