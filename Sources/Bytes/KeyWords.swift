/// A name of 1 to 32 bytes as four words that together cover it: equal names, equal words.
///
/// The words overlap where the name is shorter than 32 bytes, so that none of them needs a branch on
/// the length; a name under 8 bytes stands in the last word alone.
@usableFromInline
package struct KeyWords: BitwiseCopyable {
  @usableFromInline package var a: UInt64
  @usableFromInline package var b: UInt64
  @usableFromInline package var c: UInt64
  @usableFromInline package var d: UInt64

  @inlinable
  package init(a: UInt64, b: UInt64, c: UInt64, d: UInt64) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// A word that is zero where both names are equal, given that their lengths are.
  @inlinable
  package func difference(to other: KeyWords) -> UInt64 {
    (a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)
  }

  /// A mix of the first and the last bytes and the length, good in its top bits.
  @inlinable
  package func mixed(length: Int) -> UInt64 {
    let turned = d << 29 | d >> 35
    return (a ^ (turned &+ UInt64(truncatingIfNeeded: length))) &* 0x9e37_79b9_7f4a_7c15
  }
}

/// How a name of some length is cut into words: from a table, because a processor foretells no branch
/// on the lengths of shuffled keys.
@usableFromInline
package struct KeyShape: BitwiseCopyable {
  /// Set for names of 8 bytes or more, whose first three words count.
  @usableFromInline let isLong: UInt64
  /// Offsets of the second and third word.
  @usableFromInline let second: Int
  @usableFromInline let third: Int
  /// By how many bits the last word is too long.
  @usableFromInline let missing: UInt64

  package init(length: Int) {
    isLong = length >= 8 ? ~0 : 0
    second = Swift.max(0, Swift.min(8, length - 8))
    third = Swift.max(0, length - 16)
    missing = UInt64(Swift.max(0, 8 - length) * 8)
  }
}

extension Span<UInt8> {
  /// The words of the name from `start` to `end`.
  ///
  /// The bytes from `end - 8` to `start + 32` must be there; `end - start`, of which `shape` is made,
  /// is 1 to 32.
  @inlinable @inline(__always)
  package func keyWords(from start: Int, to end: Int, shape: KeyShape) -> KeyWords {
    precondition(start >= 0 && end >= 8 && start < end && end <= start &+ 32 && start + 32 <= count)
    return unsafe withUnsafeBufferPointer { buffer in
      guard let base = unsafe UnsafeRawPointer(buffer.baseAddress) else {
        return KeyWords(a: 0, b: 0, c: 0, d: 0)
      }
      let from = unsafe base + start
      return unsafe KeyWords(
        a: from.loadUnaligned(as: UInt64.self) & shape.isLong,
        b: from.loadUnaligned(fromByteOffset: shape.second, as: UInt64.self) & shape.isLong,
        c: from.loadUnaligned(fromByteOffset: shape.third, as: UInt64.self) & shape.isLong,
        d: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self) &>> shape.missing)
    }
  }
}
