/// Text in the making, as bytes: what every output is written with.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reserving capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func write(_ byte: UInt8) { bytes.append(byte) }

  package mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  package mutating func write(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends in one copy.
  package mutating func write(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }

  package mutating func write(_ literal: StaticString) {
    literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Decimal digits of `value`.
  package mutating func write(decimal value: Int64, minimumDigits: Int = 1) {
    var magnitude = value.magnitude
    if value < 0 { bytes.append(0x2d) }
    let start = bytes.count
    repeat {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: magnitude % 10))
      magnitude /= 10
    } while magnitude > 0
    while bytes.count - start < minimumDigits { bytes.append(0x30) }
    bytes[start...].reverse()
  }
}
