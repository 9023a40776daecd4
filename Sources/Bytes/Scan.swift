internal import CScan
internal import CSimdJSON

extension Span<UInt8> {
  /// Where the first `byte` stands at or after `from`, or nil; wide loads, for long stretches.
  package func scan(for byte: UInt8, from: Int = 0) -> Int? {
    guard from < count else { return nil }
    let found = unsafe withUnsafeBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return count }
      return unsafe from + scan_find(base + from, count - from, byte)
    }
    return found < count ? found : nil
  }

  /// Where the last `byte` stands, or nil.
  package func scanLast(for byte: UInt8) -> Int? {
    let found = unsafe withUnsafeBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return count }
      return unsafe scan_find_last(base, count, byte)
    }
    return found < count ? found : nil
  }

  /// Whether all bytes are valid UTF-8 (RFC 3629).
  package var isValidUTF8: Bool {
    unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return true }
      return unsafe simdjson_shim_valid_utf8(base, count) != 0
    }
  }
}
