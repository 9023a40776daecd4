internal import Glibc

/// A byte store that never moves: its address space is reserved once, its pages come as they are
/// touched, so that spans of what it holds stay valid while more is appended.
///
/// - Invariant: `count <= capacity`; 64 zeroed bytes are readable behind `capacity`, and at least 64
///   readable bytes stand behind every content byte, as wide loads need.
/// - Limits: an append beyond `capacity` is refused (`append` returns nil); the caller counts it.
/// - Ownership: one owner at a time; `reset` ends the life of what was stored.
@safe
@usableFromInline
package final class Arena: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<UInt8>
  @usableFromInline package let capacity: Int
  @usableFromInline let filled: UnsafeMutablePointer<Int>

  /// How many bytes it holds.
  @inlinable package var count: Int { unsafe filled.pointee }

  @inlinable package static var padding: Int { 64 }

  /// Reserves address space for `capacity` bytes; no memory is used before it is written.
  package init(capacity: Int) {
    self.capacity = capacity
    let size = capacity + Arena.padding
    let mapped = unsafe mmap(
      nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      preconditionFailure("no address space for an arena of \(capacity) bytes")
    }
    unsafe base = mapped.bindMemory(to: UInt8.self, capacity: size)
    unsafe filled = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    unsafe filled.initialize(to: 0)
  }

  deinit {
    unsafe munmap(base, capacity + Arena.padding)
    unsafe filled.deallocate()
  }

  /// All content bytes.
  @inlinable
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The content bytes of `range`, whose arena bit is ignored; cut at the content's end.
  @inlinable
  @_lifetime(borrow self)
  package func bytes(_ range: ByteRange) -> Span<UInt8> {
    bytes(range.offset, count: Int(range.count))
  }

  /// `count` content bytes from `offset`; cut at the content's end.
  @inlinable
  @_lifetime(borrow self)
  package func bytes(_ offset: Int, count wanted: Int) -> Span<UInt8> {
    let start = min(offset, count)
    let length = min(wanted, count - start)
    let span = unsafe Span(_unsafeStart: UnsafePointer(base + start), count: length)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Forgets the content and keeps the memory, save what exceeds `keeping` bytes.
  package func reset(keeping: Int = 8 << 20) {
    if count > keeping {
      let page = 4096
      let from = (keeping + page - 1) / page * page
      unsafe madvise(base + from, capacity + Arena.padding - from, MADV_DONTNEED)
    }
    setCount(0)
  }

  /// Cuts the content to its first `newCount` bytes.
  @inlinable
  package func truncate(to newCount: Int) { setCount(min(newCount, count)) }

  @inlinable
  func setCount(_ newCount: Int) { unsafe filled.pointee = newCount }

  /// Appends a byte; false where the arena is full.
  @inlinable @discardableResult
  package func append(_ byte: UInt8) -> Bool {
    let at = count
    guard at < capacity else { return false }
    unsafe base[at] = byte
    setCount(at + 1)
    return true
  }

  /// Appends bytes (of this arena, if need be) and tells their offset, or nil where they don't fit.
  @inlinable @discardableResult
  package func append(_ bytes: Span<UInt8>) -> Int? {
    let at = count
    let added = bytes.count
    guard added <= capacity - at else { return nil }
    if added > 0 {
      unsafe bytes.withUnsafeBufferPointer { source in
        if let from = source.baseAddress { unsafe memmove(base + at, from, added) }
      }
    }
    setCount(at + added)
    return at
  }

  /// Appends the UTF-8 of a literal or of a rare text; nil where it doesn't fit.
  @discardableResult
  package func append(_ text: String) -> Int? {
    var copy = text
    return copy.withUTF8 { utf8 in
      let span = unsafe Span(_unsafeElements: utf8)
      return append(span)
    }
  }

  /// Hands the unused room to `fill`, which writes from its start and tells how much it wrote.
  ///
  /// - Parameter limit: at most so many bytes are offered.
  package func fill<E: Error>(
    limit: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(E) -> Int
  ) throws(E) -> Int {
    let room = min(limit, capacity - count)
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: room)
    let written = unsafe try fill(buffer)
    precondition(written >= 0 && written <= room, "BUG: wrote beyond the room offered")
    setCount(count + written)
    return written
  }
}

@usableFromInline
func memmove(
  _ to: UnsafeMutablePointer<UInt8>, _ from: UnsafePointer<UInt8>, _ count: Int
) { unsafe Glibc.memmove(to, from, count) }

extension Arena {
  /// Appends 8 bytes, little-endian; false where they don't fit.
  @inlinable @discardableResult
  package func append(word: UInt64) -> Bool {
    let at = count
    guard capacity - at >= 8 else { return false }
    unsafe UnsafeMutableRawPointer(base + at).storeBytes(of: word.littleEndian, as: UInt64.self)
    setCount(at + 8)
    return true
  }

  /// Appends a number in lower-case hexadecimal digits without leading zeros; false where it doesn't
  /// fit.
  @inlinable @discardableResult
  package func append(hex value: UInt64, minimumDigits: Int = 1) -> Bool {
    let digits = max(minimumDigits, 16 - value.leadingZeroBitCount / 4)
    let at = count
    guard digits <= 16, capacity - at >= digits else { return false }
    // The padding has room for both halves in full.
    let shifted = value << UInt64((16 - digits) * 4)
    let start = unsafe UnsafeMutableRawPointer(base + at)
    unsafe start.storeBytes(of: Self.hexDigits(of: shifted >> 32), as: UInt64.self)
    unsafe start.storeBytes(
      of: Self.hexDigits(of: shifted & 0xffff_ffff), toByteOffset: 8, as: UInt64.self)
    setCount(at + digits)
    return true
  }

  /// Eight hexadecimal digits of 32 bits, the first in the lowest byte: each nibble gets a byte, and
  /// those above 9 the way from `9` to `a`.
  @inlinable
  static func hexDigits(of half: UInt64) -> UInt64 {
    var spread = half
    spread = (spread | spread << 16) & 0x0000_ffff_0000_ffff
    spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff
    spread = (spread | spread << 4) & 0x0f0f_0f0f_0f0f_0f0f
    let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).byteSwapped
  }

  /// Appends a number in decimal digits; false where it doesn't fit.
  @inlinable @discardableResult
  package func append(decimal value: UInt64) -> Bool {
    var digits = 1
    var bound: UInt64 = 10
    while digits < 20, value >= bound {
      digits += 1
      let (product, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = product
    }
    let at = count
    guard capacity - at >= digits else { return false }
    var rest = value
    var place = at + digits
    while place > at {
      place -= 1
      unsafe base[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    setCount(at + digits)
    return true
  }
}
