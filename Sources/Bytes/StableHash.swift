/// A 128-bit hash of bytes, equal on every machine and run: template ids are made of it.
///
/// Two 64-bit lanes of multiply-and-fold over 8-byte words (the "mum" step of wyhash, Wang Yi 2019),
/// with different keys. Not cryptographic. Cost about 1 ns for each 8 bytes.
@usableFromInline
package struct StableHash: Hashable, Sendable {
  @usableFromInline package var high: UInt64
  @usableFromInline package var low: UInt64

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable
  package init(_ bytes: Span<UInt8>) {
    var state = Absorber()
    var at = 0
    let count = bytes.count
    let whole = count & ~7
    while at < whole {
      // Within the whole words, which the loop's end says.
      state.absorb(
        unsafe bytes.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    if at < count { state.absorb(bytes.tail(from: at)) }
    self = state.finish(length: count)
  }

  /// A hash in the making; feed it words in order.
  @usableFromInline package struct Absorber: Sendable {
    @usableFromInline var a: UInt64 = 0x9e37_79b9_7f4a_7c15
    @usableFromInline var b: UInt64 = 0xd1b5_4a32_d192_ed03

    @inlinable package init() {}

    @inlinable
    package mutating func absorb(_ word: UInt64) {
      let x = (a ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
      a = x.high ^ x.low ^ word &* 0x9fb2_1c65_1e98_df25
      b = (b ^ word) &* 0xe703_7ed1_a0b4_28db
      b ^= b >> 29
    }

    @inlinable @inline(__always)
    package func finish(length: Int) -> StableHash {
      var copy = self
      copy.absorb(UInt64(truncatingIfNeeded: length) ^ 0x8ebc_6af0_9c88_c6e3)
      let x = (copy.a ^ copy.b).multipliedFullWidth(by: 0x5895_58cc_69b6_3e15)
      return StableHash(high: x.high ^ x.low, low: copy.b ^ (copy.a >> 31) ^ copy.a << 33)
    }
  }

  /// 16 lower-case hexadecimal digits of the high lane.
  package var hex: String {
    let digits = String(high, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Span<UInt8> {
  /// 8 bytes from `at`, little-endian.
  @inlinable
  package func word(at: Int) -> UInt64 {
    precondition(at >= 0 && at <= count &- 8)
    return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
  }

  /// The last bytes from `from` (1 to 7 of them) as a little-endian word, zeros above.
  @inlinable @inline(__always)
  package func tail(from: Int) -> UInt64 {
    if count >= 8, from < count, count &- from < 8 {
      return self.word(at: count &- 8)
        &>> UInt64(truncatingIfNeeded: (8 &- (count &- from)) &* 8)
    }
    let left = count &- from
    if left >= 4, from >= 0 {
      // Two halves that overlap.
      let low = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: from, as: UInt32.self)
      let high = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: count &- 4, as: UInt32.self)
      return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (left &- 4) &* 8)
    }
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in from..<count {
      word |= UInt64(self[index]) << shift
      shift += 8
    }
    return word
  }

  /// Whether the bytes are those of `literal`.
  @inlinable
  package func equals(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    return has(literal, at: 0)
  }

  /// Whether both hold the same bytes.
  @inlinable
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard count >= 8 else {
      for index in 0..<count where self[index] != other[index] { return false }
      return true
    }
    var at = 0
    while at <= count &- 8 {
      if word(at: at) != other.word(at: at) { return false }
      at &+= 8
    }
    // The last words overlap.
    return word(at: count &- 8) == other.word(at: count &- 8)
  }

  /// Whether the bytes from `at` begin with `literal`.
  @inlinable
  package func has(_ literal: StaticString, at: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard at >= 0, at + length <= count else { return false }
    for index in 0..<length {
      let wanted = unsafe literal.utf8Start[index]
      if self[at + index] != wanted { return false }
    }
    return true
  }

  /// The first position of `byte` at or after `from`, or nil.
  @inlinable
  package func firstIndex(of byte: UInt8, from: Int = 0) -> Int? {
    var index = from
    let end = count
    while index < end {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }
}

extension [UInt8] {
  /// Puts other bytes in the place of all that it holds; the memory stays.
  package mutating func replaceAll(with bytes: Span<UInt8>) {
    removeAll(keepingCapacity: true)
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// The bytes as text; what is not UTF-8 becomes U+FFFD. For output, never in the hot path.
  package init(_ bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
