import Bytes

/// Backslash escapes of quoted values (`\"`, `\\`, `\n`, `\t`, `\r`, `\uXXXX`; CEF's `\=` and `\|`), resolved.
enum EscapedText {
  /// The text `from ..< to` with its escapes resolved in the side arena; in place where it has none,
  /// or where the arena is full.
  static func resolved(
    _ text: FrameText, _ from: Int, _ to: Int, in arenas: ArenaPair
  ) -> ByteRange {
    let side = arenas.side
    let start = side.count
    var at = from
    while at < to {
      let byte = text[at]
      var isKept = true
      if byte == 0x5c, at + 1 < to {
        at += 1
        switch text[at] {
        case 0x6e: isKept = side.append(0x0a)
        case 0x74: isKept = side.append(0x09)
        case 0x72: isKept = side.append(0x0d)
        case 0x75:
          if let unit = codeUnit(text.bytes, at + 1, to) {
            at += 4
            isKept = append(unit, to: side)
          } else {
            isKept = side.append(0x75)
          }
        case 0x22, 0x5c, 0x2f, 0x27, 0x3d, 0x7c: isKept = side.append(text[at])
        default: isKept = side.append(0x5c) && side.append(text[at])
        }
      } else {
        isKept = side.append(byte)
      }
      guard isKept else {
        side.truncate(to: start)
        return text.range(from, to)
      }
      at += 1
    }
    return ByteRange(start, count: side.count - start, inSide: true)
  }

  private static func codeUnit(_ bytes: Span<UInt8>, _ at: Int, _ to: Int) -> UInt32? {
    guard at + 4 <= to else { return nil }
    return bytes.hexNumber(at..<(at + 4)).map { UInt32($0) }
  }

  /// The UTF-8 of a code unit; half of a surrogate pair becomes U+FFFD.
  private static func append(_ unit: UInt32, to side: Arena) -> Bool {
    let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() where !side.append(byte) {
      return false
    }
    return true
  }
}
