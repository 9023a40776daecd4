internal import Bytes

/// Finds a known key by the bytes of its name, without a branch that depends on which name it is.
///
/// A sparse index of 8,192 places (so that names seldom meet) into the dense row of names; equality is
/// four comparisons of words. Names of over 32 bytes are never known.
struct KeyTable: ~Copyable {
  struct Slot: BitwiseCopyable {
    var words: KeyWords
    /// 0 in the first slot, which stands for no name.
    var length: UInt32
    var key: UInt8
  }

  private static let bits: UInt64 = 13
  private static let mask = 1 << Int(bits) - 1
  private var index: FixedBuffer<UInt16>
  private var slots: FixedBuffer<Slot>
  private var shapes: FixedBuffer<KeyShape>
  private var used = 1

  init() {
    let free = Slot(words: KeyWords(a: 0, b: 0, c: 0, d: 0), length: 0, key: 0)
    index = FixedBuffer(repeating: 0, count: Self.mask + 1)
    slots = FixedBuffer(repeating: free, count: KeySpellings.count + 1)
    shapes = FixedBuffer(repeating: KeyShape(length: 0), count: 33)
    for length in 0...32 { shapes[length] = KeyShape(length: length) }
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
    precondition(end > 8 && end <= 40, "BUG: a known key is too long")
    let words = bytes.span.keyWords(from: 8, to: end, shape: shapes[end - 8])
    var at = Self.start(words, length: end - 8)
    while index[at] != 0 { at = (at + 1) & Self.mask }
    index[at] = UInt16(used)
    slots[used] = Slot(words: words, length: UInt32(end - 8), key: key.rawValue)
    used += 1
  }

  @inline(__always)
  private static func start(_ words: KeyWords, length: Int) -> Int {
    Int(truncatingIfNeeded: words.mixed(length: length) >> (64 - bits))
  }

  /// The raw value of the known key whose name stands from `start` to `end`, 0 for none.
  ///
  /// - Parameter bytes: readable from 8 bytes before `end` to 32 behind `start`.
  @inline(__always)
  func find(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt8 {
    let length = end &- start
    guard length > 0, length <= 32 else { return 0 }
    let words = bytes.keyWords(from: start, to: end, shape: shapes[length])
    var at = Self.start(words, length: length)
    while true {
      let slot = slots[Int(index[at])]
      let differs =
        slot.words.difference(to: words)
        | UInt64(slot.length ^ UInt32(truncatingIfNeeded: length))
      // Found or free: one branch for both, since which of them it is can't be foretold.
      if min(differs, UInt64(slot.length)) == 0 { return slot.key }
      at = (at &+ 1) & Self.mask
    }
  }
}
