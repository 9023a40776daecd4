/// Numbers in partials and kept states: seven bits a byte, the lowest first, the top bit where more follow (LEB128); signed
/// ones folded to unsigned (zigzag).
extension ByteBuffer {
  package mutating func write(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      write(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    write(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func write(signed number: Int64) {
    write(number: UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  /// Bytes behind their count.
  package mutating func write(counted bytes: Span<UInt8>) {
    write(number: UInt64(bytes.count))
    write(bytes)
  }

  package mutating func write(counted text: String) {
    let bytes = Array(text.utf8)
    write(counted: bytes.span)
  }
}

/// Reads what `ByteBuffer` wrote, from bytes that may be anything.
///
/// Behind the first thing that is not there it is broken for good: numbers are 0 and stretches empty.
package struct ByteCursor {
  package private(set) var at = 0
  package private(set) var isBroken = false

  package init() {}

  package mutating func number(_ bytes: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.count, shift < 64, !isBroken {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    isBroken = true
    return 0
  }

  package mutating func signed(_ bytes: Span<UInt8>) -> Int64 {
    let folded = number(bytes)
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  package mutating func byte(_ bytes: Span<UInt8>) -> UInt8 {
    guard at < bytes.count, !isBroken else {
      isBroken = true
      return 0
    }
    at += 1
    return bytes[at - 1]
  }

  /// A number that has to be below `limit`.
  package mutating func count(_ bytes: Span<UInt8>, below limit: Int) -> Int {
    let number = number(bytes)
    guard number < UInt64(max(limit, 0)) else {
      isBroken = true
      return 0
    }
    return Int(number)
  }

  /// Where counted bytes stand.
  package mutating func stretch(_ bytes: Span<UInt8>) -> Range<Int> {
    let count = number(bytes)
    guard !isBroken, count <= UInt64(bytes.count - at) else {
      isBroken = true
      return 0..<0
    }
    let start = at
    at += Int(count)
    return start..<at
  }

  package mutating func text(_ bytes: Span<UInt8>) -> String {
    String(bytes.extracting(stretch(bytes)))
  }

  /// Whether all bytes were read and made sense.
  package func hasEnded(_ bytes: Span<UInt8>) -> Bool { !isBroken && at == bytes.count }
}
