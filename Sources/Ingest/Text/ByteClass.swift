/// What kind of character an ASCII byte is, as header grammars need it.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
  @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }
  @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
  /// Letters, digits and `_ . -`: what names of hosts, programs and keys are made of.
  @inline(__always) var isNameByte: Bool {
    isAlphanumeric || self == 0x5f || self == 0x2e || self == 0x2d
  }
}
