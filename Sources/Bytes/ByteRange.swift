/// A stretch of bytes in one of a batch's two arenas; 8 bytes, trivially copyable.
///
/// The top bit of `start` says which arena: clear for the input as it was read, set for the
/// side arena that holds what had to be rewritten (unescaped, joined, decoded).
@usableFromInline
package struct ByteRange: BitwiseCopyable, Equatable, Sendable {
  @usableFromInline package var start: UInt32
  @usableFromInline package var count: UInt32

  @inlinable package static var sideBit: UInt32 { 0x8000_0000 }
  @inlinable package static var empty: ByteRange { ByteRange(start: 0, count: 0) }

  @inlinable
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }

  @inlinable
  package init(_ offset: Int, count: Int, inSide: Bool = false) {
    self.start = UInt32(truncatingIfNeeded: offset) | (inSide ? Self.sideBit : 0)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  @inlinable package var isEmpty: Bool { count == 0 }
  @inlinable package var isInSide: Bool { start & Self.sideBit != 0 }
  @inlinable package var offset: Int { Int(start & ~Self.sideBit) }
  @inlinable package var bounds: Range<Int> { offset..<(offset + Int(count)) }

  /// The bytes `part`, counted from the range's first.
  @inlinable
  package func part(_ part: Range<Int>) -> ByteRange {
    ByteRange(
      start: start &+ UInt32(truncatingIfNeeded: part.lowerBound),
      count: UInt32(truncatingIfNeeded: part.count))
  }
}
