internal import CScan

extension ByteBuffer {
  /// A JSON string (RFC 8259 section 7) of these bytes: control characters escaped, and what is not
  /// UTF-8 written as U+FFFD, one for each maximal bad subpart.
  package mutating func writeJSON(string bytes: Span<UInt8>) {
    reserve(bytes.count + 2)
    unsafe base[count] = 0x22
    count += 1
    writeJSON(inside: bytes)
    write(0x22)
  }

  /// `,"name":`, the key of a member that is not the first, with `prefix` before the name.
  package mutating func writeJSON(nextKey name: Span<UInt8>, prefix: StaticString) {
    let added = prefix.utf8CodeUnitCount
    reserve(name.count + added + 4)
    unsafe base[count] = 0x2c
    unsafe base[count + 1] = 0x22
    unsafe (base + count + 2).update(from: prefix.utf8Start, count: added)
    count += added + 2
    writeJSON(inside: name)
    reserve(2)
    unsafe base[count] = 0x22
    unsafe base[count + 1] = 0x3a
    count += 2
  }

  package mutating func writeJSON(string text: String) {
    var copy = text
    copy.withUTF8 { utf8 in writeJSON(string: unsafe Span(_unsafeElements: utf8)) }
  }

  /// The string without its quotation marks.
  package mutating func writeJSON(inside bytes: Span<UInt8>) {
    let plain = copyPlain(bytes, from: 0, highStands: false)
    if plain < bytes.count { writeJSON(rest: bytes, from: plain) }
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

  private mutating func writeJSON(rest bytes: Span<UInt8>, from start: Int) {
    var at = start
    while at < bytes.count, bytes[at] < 0x80 {
      writeJSON(escaped: bytes[at])
      at += 1
      at += copyPlain(bytes, from: at, highStands: false)
    }
    guard at < bytes.count else { return }
    let rest = bytes.extracting(at...)
    if rest.isValidUTF8 {
      writeJSON(validUTF8: rest)
    } else {
      var repaired = String(rest)
      repaired.withUTF8 { utf8 in writeJSON(validUTF8: unsafe Span(_unsafeElements: utf8)) }
    }
  }

  private mutating func writeJSON(validUTF8 bytes: Span<UInt8>) {
    var at = copyPlain(bytes, from: 0, highStands: true)
    while at < bytes.count {
      writeJSON(escaped: bytes[at])
      at += 1
      at += copyPlain(bytes, from: at, highStands: true)
    }
  }

  /// Copies what stands for itself from `start` on and tells how many bytes that were.
  private mutating func copyPlain(_ bytes: Span<UInt8>, from start: Int, highStands: Bool) -> Int {
    let left = bytes.count - start
    reserve(left)
    let copied = unsafe bytes.withUnsafeBufferPointer { buffer -> Int in
      guard let from = buffer.baseAddress else { return 0 }
      return unsafe highStands
        ? json_copy_utf8(base + count, from + start, left)
        : json_copy_ascii(base + count, from + start, left)
    }
    count += copied
    return copied
  }

  /// A byte below 0x80 as it stands inside a JSON string.
  package mutating func writeJSON(escaped byte: UInt8) {
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
}
