/// A value for each of the 256 bytes, looked up without a check of bounds or a count of references.
///
/// For grammars that ask of each byte what it may be. A plain pointer to memory that is never given back:
/// make one for a grammar, once in the process.
@safe
@usableFromInline
package struct ByteTable: @unchecked Sendable {
  @usableFromInline let values: UnsafePointer<UInt8>

  package init(_ value: (UInt8) -> UInt8) {
    let values = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      unsafe (values + Int(byte)).initialize(to: value(byte))
    }
    unsafe self.values = UnsafePointer(values)
  }

  @inlinable @inline(__always)
  package subscript(_ byte: UInt8) -> UInt8 { unsafe values[Int(byte)] }
}
