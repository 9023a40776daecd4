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

  static func table() -> [UInt8] {
    var table = [UInt8](repeating: mark, count: 256)
    for byte in 0...0x20 { table[byte] = delimiter | space }
    for byte in 0x80...0xff { table[byte] = letter }
    for byte in 0x61...0x7a { table[byte] = byte <= 0x66 ? lowerHex : letter }
    for byte in 0x41...0x5a { table[byte] = byte <= 0x46 ? upperHex : letter }
    for byte in 0x30...0x39 { table[byte] = digit }
    for byte in "/\\@~".utf8 { table[Int(byte)] = special }
    for byte in "=,;()[]{}\"'<>|:".utf8 { table[Int(byte)] = delimiter }
    return table
  }
}
