import Bytes

/// The pieces that headers of log lines are made of: bracketed groups, words, separators.
enum HeaderToken {
  private static let longestGroup = 240

  /// The offset behind the bracket that closes the one at `at`, nested ones counted; nil where none
  /// does within 240 bytes.
  static func groupEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    let open = text[at]
    let close: UInt8
    switch open {
    case 0x5b: close = 0x5d
    case 0x28: close = 0x29
    case 0x7b: close = 0x7d
    default: return nil
    }
    var depth = 0
    var end = at
    let limit = min(text.count, at + longestGroup)
    while end < limit {
      if text[end] == open { depth += 1 }
      if text[end] == close {
        depth -= 1
        if depth == 0 { return end + 1 }
      }
      end += 1
    }
    // Brackets that don't balance inside: the first closing one ends the group.
    return text.find(close, at, limit).map { $0 + 1 }
  }

  /// The end of the word at `at`: up to a blank, bracket, bar, colon, comma or quote.
  @inline(__always)
  static func wordEnd(_ text: Span<UInt8>, _ at: Int) -> Int {
    var end = at
    while end < text.count, !isWordBreak(text[end]) { end += 1 }
    return end
  }

  @inline(__always)
  static func isWordBreak(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x5b, 0x5d, 0x28, 0x29, 0x7b, 0x7d, 0x7c, 0x3a, 0x2c, 0x22, 0x3c, 0x3e: true
    default: false
    }
  }

  /// Whether the word is a name that programs give to things, not a word of a sentence: it holds a
  /// digit or one of `. - _ = / @ $ #`, or is `main`.
  static func isIdentifier(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to > from else { return false }
    for index in from..<to {
      let byte = text[index]
      if byte.isDigit { return true }
      switch byte {
      case 0x2e where index + 1 < to, 0x2d, 0x5f, 0x3d, 0x2f, 0x40, 0x24, 0x23: return true
      default: continue
      }
    }
    return to - from == 4 && text.has("main", at: from)
  }

  /// Whether the word is a dotted name of code such as `kafka.log.LogSegment`: letters, digits, `_`,
  /// `$`, `-` between dots, and its last part starts in upper case, or there are two dots or more.
  static func isDottedName(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to > from, text[from].isLetter else { return false }
    var dots = 0
    var last = from
    for index in from..<to {
      let byte = text[index]
      if byte == 0x2e {
        guard index + 1 < to, text[index + 1].isLetter || text[index + 1] == 0x5f else {
          return false
        }
        dots += 1
        last = index + 1
      } else if !(byte.isAlphanumeric || byte == 0x5f || byte == 0x24 || byte == 0x2d) {
        return false
      }
    }
    return dots >= 2 || dots == 1 && text[last].isUpper
  }

  /// Whether the word is `CamelCase` and no exception's name.
  static func isCamelCase(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 4, text[from].isUpper else { return false }
    var humps = 0
    for index in (from + 1)..<to {
      let byte = text[index]
      guard byte.isAlphanumeric || byte == 0x24 || byte == 0x5f else { return false }
      if byte.isUpper, text[index - 1].isLower { humps += 1 }
    }
    return humps > 0 && !text.has("Error", at: to - 5) && !text.has("Exception", at: to - 9)
  }

  /// Whether a name of a thing may be written so: letters, digits and `_ . $ / - @ #` alone.
  static func isPlainName(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to > from, to - from <= 80, text[from].isLetter || text[from] == 0x5f else {
      return false
    }
    for index in from..<to {
      let byte = text[index]
      let isPlain = byte.isNameByte || byte == 0x24 || byte == 0x2f || byte == 0x40 || byte == 0x23
      guard isPlain else { return false }
    }
    return true
  }
}
