internal import CMapping

/// A file's bytes in memory, mapped for reading: pages come from the page cache as they are touched.
///
/// A file that shrinks while it is read does no harm: what is gone reads as zeros and is counted. The
/// bytes may change below a span where somebody writes the file: whoever reads them checks what was read,
/// once, in a copy of it.
/// - Limits: 8,192 files at a time; the length is the one at the time of opening.
@safe
@usableFromInline
package final class MappedFile: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<UInt8>
  /// How long the file was when it was mapped.
  @usableFromInline package let count: Int
  private let slot: Int32

  /// Maps the whole file; an empty one can't be mapped and is refused (`EINVAL`).
  package init(_ path: FilePath) throws(SystemError) {
    let descriptor = try FileDescriptor(reading: path)
    let status = try descriptor.status()
    if status.kind == .directory { throw SystemError.isDirectory }
    guard status.kind == .regular, status.size > 0 else { throw SystemError.invalid }
    var slot: Int32 = 0
    guard
      let mapped = unsafe taffrail_mapping_make(descriptor.number, Int(status.size), &slot)
    else { throw SystemError.last }
    unsafe base = mapped
    count = Int(status.size)
    self.slot = slot
  }

  deinit { taffrail_mapping_end(slot) }

  /// Gives its memory back; what is read of it later is fetched again.
  package func rest() { taffrail_mapping_rest(slot) }

  /// Pages that were gone when they were read.
  package var lostPages: Int { Int(taffrail_mapping_lost(slot)) }

  /// All its bytes.
  @inlinable @inline(__always)
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}

extension Span<UInt8> {
  /// 4 bytes from `at`, little-endian.
  @inlinable
  package func shortWord(at: Int) -> UInt32 {
    precondition(at >= 0 && at + 4 <= count)
    return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)
  }
}
