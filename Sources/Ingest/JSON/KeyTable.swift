internal import Bytes

/// Finds a known key by the bytes of its name, without a branch that depends on the name's length.
///
/// Open addressing over 2,048 slots. A name of 1 to 32 bytes is read as four words that overlap and
/// together cover it, so that equality is four comparisons; longer names are never known.
struct KeyTable: ~Copyable {
  struct Slot {
    var words: Words
    var length: UInt32
    var key: UInt8
  }

  struct Words {
    var a: UInt64
    var b: UInt64
    var c: UInt64
    var d: UInt64
  }

  private static let size = 2048
  private var slots: FixedBuffer<Slot>

  init() {
    let empty = Slot(words: Words(a: 0, b: 0, c: 0, d: 0), length: 0, key: 0)
    slots = FixedBuffer(repeating: empty, count: Self.size)
    for (key, spellings) in KeySpellings.all {
      for spelling in spellings { insert(key, spelling) }
    }
  }

  private mutating func insert(_ key: KnownKey, _ spelling: StaticString) {
    var bytes = [UInt8](repeating: 0, count: 8)
    for index in 0..<spelling.utf8CodeUnitCount {
      bytes.append(unsafe spelling.utf8Start[index])
    }
    let end = bytes.count
    bytes.append(contentsOf: [UInt8](repeating: 0, count: 32))
    precondition(end - 8 <= 32, "BUG: a known key is too long")
    let words = Self.words(bytes.span, from: 8, to: end)
    var at = Self.slot(words, length: end - 8)
    while slots[at].length != 0 { at = (at + 1) & (Self.size - 1) }
    slots[at] = Slot(words: words, length: UInt32(end - 8), key: key.rawValue)
  }

  /// The raw value of the known key whose name stands from `start` to `end`, 0 for none.
  ///
  /// - Parameter bytes: readable from 8 bytes before `end` to 32 behind `start`.
  @inline(__always)
  func find(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt8 {
    let length = end &- start
    guard length > 0, length <= 32 else { return 0 }
    let words = Self.words(bytes, from: start, to: end)
    var at = Self.slot(words, length: length)
    while true {
      let slot = slots[at]
      let differs =
        (slot.words.a ^ words.a) | (slot.words.b ^ words.b) | (slot.words.c ^ words.c)
        | (slot.words.d ^ words.d) | UInt64(slot.length ^ UInt32(truncatingIfNeeded: length))
      if differs == 0 || slot.length == 0 { return slot.key }
      at = (at &+ 1) & (Self.size &- 1)
    }
  }

  @inline(__always)
  private static func words(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Words {
    let length = end &- start
    let isLong: UInt64 = length >= 8 ? ~0 : 0
    let missing = UInt64(truncatingIfNeeded: max(0, 8 &- length)) &* 8
    return Words(
      a: bytes.word(at: start) & isLong,
      b: bytes.word(at: start &+ max(0, min(8, length &- 8))) & isLong,
      c: bytes.word(at: start &+ max(0, length &- 16)) & isLong,
      d: bytes.word(at: end &- 8) &>> missing)
  }

  @inline(__always)
  private static func slot(_ words: Words, length: Int) -> Int {
    let turned = words.d << 29 | words.d >> 35
    let mixed = (words.a ^ turned &+ UInt64(truncatingIfNeeded: length)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 53)
  }
}
