internal import CScan

/// Where the bytes stand that divide JSON lines, for one chunk of an arena: stage 1 of the scanner.
///
/// Positions of quotes that no backslash escapes and of all bytes below 0x20, relative to the chunk's
/// start, in order; the last is the chunk's last line feed. About 10 GB/s with AVX-512.
/// - Limits: a chunk holds at most `capacity` bytes; its memory is 4 bytes for each of them.
@safe
@usableFromInline
package final class StructureIndex {
  @inlinable package static var capacity: Int { 32 << 10 }

  @usableFromInline let store: UnsafeMutablePointer<UInt32>
  @usableFromInline let blocks: UnsafeMutablePointer<UInt32>
  private let blockCount = StructureIndex.capacity / 64 + 2
  /// How many positions the last scan found.
  @usableFromInline package private(set) var count = 0
  /// Bytes up to and with the last line feed of the chunk; 0 where it has none.
  @usableFromInline package private(set) var consumed = 0
  /// Whether a byte beyond ASCII stands in the chunk.
  @usableFromInline package private(set) var isWide = false

  package init() {
    // Not written to before the first scan: what nobody scans with takes no memory.
    unsafe store = .allocate(capacity: Self.capacity + 128)
    unsafe blocks = .allocate(capacity: blockCount)
    unsafe blocks.initialize(repeating: 0, count: blockCount)
  }

  deinit {
    unsafe store.deallocate()
    unsafe blocks.deallocate()
  }

  /// Which code does the scan.
  package enum Machine: Sendable {
    /// The widest registers that this machine has.
    case widest
    /// The code that every machine runs; for tests.
    case plain
  }

  /// Scans `size` bytes (at most `capacity`) of what the arena holds from `start`, a frame's start.
  package func scan(_ arena: Arena, from start: Int, size: Int, by machine: Machine = .widest) {
    precondition(start >= 0 && size >= 0 && size <= Self.capacity && start + size <= arena.count)
    let result =
      switch machine {
      case .widest: unsafe scan_structure(arena.base + start, size, store, blocks)
      case .plain: unsafe scan_structure_plain(arena.base + start, size, store, blocks)
      }
    count = result.count
    consumed = result.consumed
    isWide = result.wide != 0
  }

  /// The positions.
  @inlinable
  package var positions: Span<UInt32> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(store), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Whether a backslash may stand between two offsets of the chunk; false is certain.
  @inlinable
  package func mayHoldBackslash(from start: Int, to end: Int) -> Bool {
    precondition(start >= 0 && start <= end && end < StructureIndex.capacity)
    return unsafe blocks[end >> 6 + 1] != blocks[start >> 6]
  }
}
