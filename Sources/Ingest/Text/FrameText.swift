package import Bytes

/// The bytes of a frame (or of a text inside one) and where they stand in the batch's arenas.
package struct FrameText: ~Escapable {
  package let bytes: Span<UInt8>
  /// `ByteRange.start` of the first byte, with its arena bit.
  package let start: UInt32

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, start: UInt32) {
    self.bytes = bytes
    self.start = start
  }

  package var count: Int { bytes.count }

  package subscript(_ index: Int) -> UInt8 { bytes[index] }

  /// Where `from ..< to` of this text stands.
  package func range(_ from: Int, _ to: Int) -> ByteRange {
    ByteRange(
      start: start &+ UInt32(truncatingIfNeeded: from),
      count: UInt32(truncatingIfNeeded: max(0, to - from)))
  }

  package var whole: ByteRange { range(0, count) }

  /// The text from `from` to `to` alone.
  @_lifetime(copy self)
  package func part(_ from: Int, _ to: Int) -> FrameText {
    FrameText(
      bytes.extracting(from..<max(from, to)), start: start &+ UInt32(truncatingIfNeeded: from))
  }
}
