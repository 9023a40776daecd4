/// The bytes between which a masked text keeps words of letters, `_` and `&` as they stand.
enum Separators {

  static func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x3d, 0x2c, 0x3b, 0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d, 0x22, 0x27, 0x3c, 0x3e,
      0x7c, 0x3a:
      true
    default: false
    }
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "&")
  }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
