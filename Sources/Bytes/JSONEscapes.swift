internal import CScan
internal import CSimdJSON

extension Span<UInt8> {
  /// Whether every backslash begins an escape that JSON allows (RFC 8259 section 7).
  package var hasValidJSONEscapes: Bool {
    unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return true }
      return unsafe scan_escapes_valid(base, buffer.count) != 0
    }
  }

  /// Whether the bytes are a number as JSON writes it (RFC 8259 section 6).
  package var isJSONNumber: Bool {
    unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe scan_number_valid(base, buffer.count) != 0
    }
  }

  /// simdjson's word on whether the bytes are one JSON text: a second opinion, for tests.
  package var simdjsonAccepts: Bool {
    unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe simdjson_shim_accepts(base, buffer.count) != 0
    }
  }
}

extension Arena {
  /// The content and the bytes behind it that are readable but mean nothing, for wide loads.
  @inlinable
  package var padded: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: UnsafePointer(base), count: count + Arena.padding)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Appends a valid JSON string's content with its escapes resolved; nil where it may not fit.
  ///
  /// A surrogate without its partner becomes U+FFFD.
  package func appendUnescaped(_ content: Span<UInt8>) -> (offset: Int, count: Int)? {
    let at = count
    guard content.count <= capacity - at else { return nil }
    let written = unsafe content.withUnsafeBufferPointer { buffer -> Int in
      guard let from = buffer.baseAddress else { return 0 }
      return unsafe scan_unescape(from, buffer.count, base + at)
    }
    setCount(at + written)
    return (at, written)
  }
}
