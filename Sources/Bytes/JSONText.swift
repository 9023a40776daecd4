extension ByteWriter {
  /// A JSON string (RFC 8259 section 7) of these bytes: control characters escaped, and what is not
  /// UTF-8 written as U+FFFD, one for each maximal bad subpart.
  package mutating func writeJSON(string span: Span<UInt8>) {
    var buffer = ByteBuffer(capacity: span.count + 16)
    buffer.writeJSON(string: span)
    write(buffer.span)
  }

  package mutating func writeJSON(string text: String) {
    var buffer = ByteBuffer(capacity: 64)
    buffer.writeJSON(string: text)
    write(buffer.span)
  }

  /// A finite number in its shortest form; `null` for what JSON can't say.
  package mutating func writeJSON(number value: Double) {
    guard value.isFinite else { return write("null" as StaticString) }
    if value == value.rounded(), abs(value) < 1e15 {
      write(decimal: Int64(value))
    } else {
      write(value.description)
    }
  }

  static func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}
