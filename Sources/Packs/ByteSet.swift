/// A set of byte values.
struct ByteSet: Equatable, Sendable {
  private var words = SIMD4<UInt64>()

  static let none = ByteSet()
  static let all = none.inverted

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  var inverted: ByteSet {
    var other = self
    other.words = ~words
    return other
  }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  /// With the other case of each ASCII letter.
  var folded: ByteSet {
    // Both cases stand in the same word, 32 bits apart; bits 1 to 26 are letters.
    let letters = (words[1] | words[1] >> 32) & 0x07ff_fffe
    var other = self
    other.words[1] |= letters | letters << 32
    return other
  }

  func forEach(_ body: (UInt8) -> Void) {
    for index in 0..<4 {
      var word = words[index]
      while word != 0 {
        body(UInt8(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
  }
}

extension ByteSet {
  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  /// What the masker writes as one blank; also every byte that `\s` stands for.
  static let blanks = ByteSet(0...0x20)
  static let space = ByteSet([9, 10, 11, 12, 13, 32])
  static let horizontal = ByteSet([9, 32, 0xa0])
  static let vertical = ByteSet([10, 11, 12, 13, 0x85])
  static let lower = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  static let upper = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  static let letters = lower.folded
  static let word = joined(letters, digits, ByteSet([UInt8(ascii: "_")]))

  static func joined(_ sets: ByteSet...) -> ByteSet {
    var all = none
    for set in sets { all.formUnion(set) }
    return all
  }

  /// What `\d` and its like stand for, by the letter; nil for other letters.
  static func escape(_ letter: UInt8) -> ByteSet? {
    switch letter {
    case UInt8(ascii: "d"): digits
    case UInt8(ascii: "D"): digits.inverted
    case UInt8(ascii: "w"): word
    case UInt8(ascii: "W"): word.inverted
    case UInt8(ascii: "s"): space
    case UInt8(ascii: "S"): space.inverted
    case UInt8(ascii: "h"): horizontal
    case UInt8(ascii: "H"): horizontal.inverted
    case UInt8(ascii: "v"): vertical
    case UInt8(ascii: "V"): vertical.inverted
    case UInt8(ascii: "N"): ByteSet([10]).inverted
    default: nil
    }
  }

  /// `[:alpha:]` and its like by name; nil for other names.
  static func posix(_ name: String) -> ByteSet? {
    switch name {
    case "alpha": letters
    case "digit": digits
    case "alnum": joined(letters, digits)
    case "upper": upper
    case "lower": lower
    case "space": space
    case "blank": ByteSet([9, 32])
    case "word": word
    case "xdigit": joined(digits, ByteSet("abcdefABCDEF".utf8))
    case "cntrl": joined(ByteSet(0...0x1f), ByteSet([0x7f]))
    case "graph": ByteSet(0x21...0x7e)
    case "print": ByteSet(0x20...0x7e)
    default: nil
    }
  }
}
