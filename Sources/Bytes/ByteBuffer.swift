internal import Glibc

/// Output in the making: a run of raw bytes that grows, with one owner; what each entry is written to.
///
/// Where `ByteWriter` makes a text now and then, this one makes a million lines a second: a write is a
/// check of the room and a copy.
/// - Limits: none of its own; whoever fills it empties it (`removeAll`) once it has been handed on.
@safe
package struct ByteBuffer: ~Copyable, @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  package private(set) var capacity: Int
  /// - Invariant: `count <= capacity`.
  @usableFromInline package var count: Int = 0

  package init(capacity: Int = 1024) {
    self.capacity = max(capacity, 64)
    unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: self.capacity)
  }

  deinit { unsafe base.deallocate() }

  package var isEmpty: Bool { count == 0 }

  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Forgets the content; the memory stays, save where it is over `keeping` bytes.
  package mutating func removeAll(keeping: Int = 1 << 20) {
    count = 0
    guard capacity > keeping else { return }
    unsafe base.deallocate()
    capacity = max(keeping, 64)
    unsafe base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  }

  /// Cuts the content to its first `newCount` bytes.
  package mutating func truncate(to newCount: Int) { count = min(max(newCount, 0), count) }

  /// Makes room for `more` bytes behind the content.
  @inlinable
  package mutating func reserve(_ more: Int) {
    if more > capacity - count { grow(more) }
  }

  @inline(never)
  @usableFromInline
  mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe room.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = room
    capacity = larger
  }

  @inlinable
  package mutating func write(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count += 1
  }

  @inlinable
  package mutating func write(_ literal: StaticString) {
    let added = literal.utf8CodeUnitCount
    reserve(added)
    unsafe (base + count).update(from: literal.utf8Start, count: added)
    count += added
  }

  @inlinable
  package mutating func write(_ bytes: Span<UInt8>) {
    let added = bytes.count
    reserve(added)
    unsafe bytes.withUnsafeBufferPointer {
      if let from = $0.baseAddress { unsafe (base + count).update(from: from, count: added) }
    }
    count += added
  }

  package mutating func write(_ bytes: [UInt8]) { write(bytes.span) }

  package mutating func write(_ text: String) {
    var copy = text
    copy.withUTF8 { utf8 in write(unsafe Span(_unsafeElements: utf8)) }
  }

  package mutating func write(_ other: borrowing ByteBuffer) { write(other.span) }

  /// `byte`, `times` over.
  package mutating func write(repeating byte: UInt8, _ times: Int) {
    guard times > 0 else { return }
    reserve(times)
    unsafe (base + count).update(repeating: byte, count: times)
    count += times
  }

  /// Decimal digits of `value`.
  package mutating func write(decimal value: Int64, minimumDigits: Int = 1) {
    let wanted = min(max(minimumDigits, 1), 20)
    reserve(24)
    if value < 0 {
      unsafe base[count] = 0x2d
      count += 1
    }
    var magnitude = value.magnitude
    var digits = 1
    var bound: UInt64 = 10
    while magnitude >= bound, digits < 20 {
      digits += 1
      let (product, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = product
    }
    digits = max(digits, wanted)
    var at = count + digits
    while at > count {
      at -= 1
      unsafe base[at] = 0x30 + UInt8(truncatingIfNeeded: magnitude % 10)
      magnitude /= 10
    }
    count += digits
  }

  /// What was written since `start`, as text; for tests and rare texts.
  package func text(from start: Int = 0) -> String { String(span.extracting(min(start, count)...)) }
}
