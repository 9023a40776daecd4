internal import CScan

/// One value of a JSON text; offsets count from the text's start.
///
/// - Invariant: laid out as C's `scan_item`.
@usableFromInline
package struct JSONItem: BitwiseCopyable, Sendable {
  @usableFromInline package enum Kind: UInt8, Sendable {
    case string, number, yes, no, null, object, array
  }

  /// Between the key's quotes; empty for elements of an array.
  @usableFromInline package var keyStart: UInt32
  @usableFromInline package var keyCount: UInt32
  /// Strings: between the quotes; others: the token, or the brackets and all between them.
  @usableFromInline package var valueStart: UInt32
  @usableFromInline package var valueCount: UInt32
  /// The item behind this value and all that it holds.
  @usableFromInline package var next: UInt32
  @usableFromInline package var rawKind: UInt8
  @usableFromInline package var keyEscaped: UInt8
  @usableFromInline package var valueEscaped: UInt8
  /// 1 for the members of the outermost object.
  @usableFromInline package var depth: UInt8

  @inlinable
  package var kind: Kind {
    switch rawKind {
    case 0: .string
    case 1: .number
    case 2: .yes
    case 3: .no
    case 4: .null
    case 5: .object
    default: .array
    }
  }
}

/// The careful reader of JSON: checks all of one text's grammar and notes where its values stand.
///
/// - Limits: texts nested deeper than 128 are refused; of more than 65,536 values the later ones are
///   checked but not noted (`missed`). Scratch grows to 1.5 MiB and is kept.
@safe
@usableFromInline
package final class JSONTape {
  package enum Verdict: Sendable { case valid, malformed, tooDeep }

  private static let limit = 65_536
  @usableFromInline var store: UnsafeMutablePointer<JSONItem>
  private var capacity: Int
  /// How many items the last text gave.
  @usableFromInline package private(set) var count = 0
  /// How many of its values found no room.
  package private(set) var missed = 0

  package init() {
    precondition(MemoryLayout<JSONItem>.stride == MemoryLayout<scan_item>.stride)
    capacity = 1024
    unsafe store = .allocate(capacity: capacity)
  }

  deinit { unsafe store.deallocate() }

  /// Reads one JSON text, valid UTF-8, without what surrounds it but white space.
  package func read(_ text: Span<UInt8>) -> Verdict {
    var result = attempt(text)
    if result.missed > 0, capacity < Self.limit {
      unsafe store.deallocate()
      capacity = min(Self.limit, max(capacity * 2, Int(result.count + result.missed)))
      unsafe store = .allocate(capacity: capacity)
      result = attempt(text)
    }
    count = Int(result.count)
    missed = Int(result.missed)
    switch result.verdict {
    case 0: return .valid
    case 2: return .tooDeep
    default: return .malformed
    }
  }

  private func attempt(_ text: Span<UInt8>) -> scan_tape_result {
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        return scan_tape_result(verdict: 1, count: 0, missed: 0)
      }
      return unsafe store.withMemoryRebound(to: scan_item.self, capacity: capacity) { items in
        unsafe scan_tape(base, buffer.count, items, capacity)
      }
    }
  }

  /// The items of the last text that was valid.
  @inlinable
  package var items: Span<JSONItem> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(store), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
