internal import Bytes

/// What a byte can be to the mask lexer, as bits of a 256-entry table.
enum ByteClass {
  /// A letter outside a-f and A-F, or a byte of a multi-byte character.
  static let letter: UInt8 = 1
  static let lowerHex: UInt8 = 2
  static let upperHex: UInt8 = 4
  static let digit: UInt8 = 8
  /// `/ \ @ ~`: a chunk that holds one is looked at even without a digit.
  static let special: UInt8 = 16
  /// Any other punctuation that stays inside a chunk.
  static let mark: UInt8 = 32
  /// Ends a chunk: white space, control characters and `= , ; ( ) [ ] { } " ' < > | :`.
  static let delimiter: UInt8 = 64
  static let space: UInt8 = 128

  static let alphabetic: UInt8 = letter | lowerHex | upperHex
  static let alphanumeric: UInt8 = alphabetic | digit
  static let hexadecimal: UInt8 = lowerHex | upperHex | digit
  /// A chunk with one of these needs a verdict.
  static let notable: UInt8 = digit | special

  static let table = ByteTable { byte in
    switch byte {
    case 0...0x20: delimiter | space
    case 0x80...0xff: letter
    case 0x61...0x66: lowerHex
    case 0x41...0x46: upperHex
    case 0x67...0x7a, 0x47...0x5a: letter
    case 0x30...0x39: digit
    case 0x2f, 0x5c, 0x40, 0x7e: special
    case 0x3d, 0x2c, 0x3b, 0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d, 0x22, 0x27, 0x3c, 0x3e, 0x7c, 0x3a:
      delimiter
    default: mark
    }
  }
}
