extension ByteWriter {
  /// A JSON string (RFC 8259 section 7) of these bytes: control characters escaped, and what is not
  /// UTF-8 written as U+FFFD, one for each maximal bad subpart.
  package mutating func writeJSON(string span: Span<UInt8>) {
    write(0x22)
    if span.isValidUTF8 {
      for index in 0..<span.count { writeEscaped(span[index]) }
    } else {
      for byte in String(span).utf8 { writeEscaped(byte) }
    }
    write(0x22)
  }

  package mutating func writeJSON(string text: String) {
    write(0x22)
    for byte in text.utf8 { writeEscaped(byte) }
    write(0x22)
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

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case 0x22: write(#"\""# as StaticString)
    case 0x5c: write(#"\\"# as StaticString)
    case 0x0a: write(#"\n"# as StaticString)
    case 0x0d: write(#"\r"# as StaticString)
    case 0x09: write(#"\t"# as StaticString)
    case 0..<0x20, 0x7f:
      write(#"\u00"# as StaticString)
      write(ByteWriter.hexDigit(byte >> 4))
      write(ByteWriter.hexDigit(byte & 15))
    default: write(byte)
    }
  }

  static func hexDigit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x57 + nibble }
}
