/// A row of plain values of a size fixed at birth, on the heap: scratch that is written in place.
///
/// Unlike an array it asks nobody whether it is shared. Out of bounds is a bug and traps.
@safe
@usableFromInline
package struct FixedBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  @usableFromInline package let count: Int

  @inlinable
  package init(repeating value: Element, count: Int) {
    unsafe base = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: value, count: count)
    self.count = count
  }

  /// As many as `count`: those of another, as far as they go, then `value`.
  @inlinable
  package init(_ other: borrowing Self, grownTo count: Int, with value: Element) {
    self.init(repeating: value, count: count)
    for place in 0..<min(other.count, count) { self[place] = other[place] }
  }

  @inlinable
  deinit { unsafe base.deallocate() }

  @inlinable
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  /// All its values.
  @inlinable
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
