/// The bytes behind a batch: `input` as read, `side` what had to be rewritten (unescaped, joined).
///
/// A `ByteRange` names its arena itself. Take the pair into a `let` first: spans then depend on that
/// constant and leave the batch free to change.
@safe
@usableFromInline
package final class ArenaPair: @unchecked Sendable {
  @usableFromInline package let input: Arena
  @usableFromInline package let side: Arena

  package init(inputCapacity: Int, sideCapacity: Int) {
    input = Arena(capacity: inputCapacity)
    side = Arena(capacity: sideCapacity)
  }

  /// The bytes of a range, from the arena that it names; cut at the content's end.
  @inlinable @inline(__always)
  @_lifetime(borrow self)
  package func bytes(_ range: ByteRange) -> Span<UInt8> {
    let arena = range.isInSide ? side : input
    return unsafe _overrideLifetime(
      arena.bytes(range.offset, count: Int(range.count)), borrowing: self)
  }

  /// A range's bytes as text; for output, never in the hot path.
  package func text(_ range: ByteRange) -> String { String(bytes(range)) }

  /// Copies bytes to the side arena; nil where it is full.
  @inlinable
  package func keep(_ bytes: Span<UInt8>) -> ByteRange? {
    let count = bytes.count
    guard let offset = side.append(bytes) else { return nil }
    return ByteRange(offset, count: count, inSide: true)
  }

  package func reset() {
    input.reset()
    side.reset()
  }
}
