import Bytes

/// Small steps over a header: skipping blanks, ends of words, numbers.
extension Span<UInt8> {
  /// The first position at or after `from` that is no blank or tab.
  @inline(__always)
  func skipBlanks(_ from: Int) -> Int {
    var at = from
    while at < count, self[at].isBlank { at &+= 1 }
    return at
  }

  /// The end of the word at `from`: the first blank, tab or the end.
  @inline(__always)
  func wordEnd(_ from: Int) -> Int {
    var at = from
    while at < count, !self[at].isBlank { at &+= 1 }
    return at
  }

  /// The end without trailing blanks, not before `from`.
  func trimmedEnd(_ from: Int, _ to: Int) -> Int {
    var end = to
    while end > from, self[end &- 1].isBlank { end &-= 1 }
    return end
  }

  /// Whether `byte` stands at `at`.
  @inline(__always)
  func holds(_ byte: UInt8, at: Int) -> Bool { at < count && self[at] == byte }

  /// The number that exactly `width` digits at `at` spell, or -1.
  @inline(__always)
  func digits(_ at: Int, _ width: Int) -> Int {
    guard at >= 0, at &+ width <= count else { return -1 }
    var value = 0
    for index in at..<(at &+ width) {
      let digit = self[index] &- 0x30
      if digit > 9 { return -1 }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  /// The end of the digits at `at`.
  @inline(__always)
  func digitsEnd(_ at: Int) -> Int {
    var end = at
    while end < count, self[end].isDigit { end &+= 1 }
    return end
  }

  /// The number spelled by the digits `from ..< to`; nil where there is none, or more than 18 digits.
  func number(_ from: Int, _ to: Int) -> Int? {
    guard to > from, to &- from <= 18, to <= count else { return nil }
    let value = digits(from, to &- from)
    return value < 0 ? nil : value
  }

  /// Like `number`, as a process id; -1 for none or one out of range.
  func processID(_ from: Int, _ to: Int) -> Int32 {
    guard let value = number(from, to), value <= Int(Int32.max) else { return -1 }
    return Int32(value)
  }

  /// The position of `byte` in `from ..< to`, or nil.
  func find(_ byte: UInt8, _ from: Int, _ to: Int) -> Int? {
    var at = from
    let end = Swift.min(to, count)
    while at < end {
      if self[at] == byte { return at }
      at &+= 1
    }
    return nil
  }

  /// How many times `byte` stands in `from ..< to`.
  func count(of byte: UInt8, _ from: Int, _ to: Int) -> Int {
    var found = 0
    var at = from
    while at < to, let next = scan(for: byte, from: at), next < to {
      found &+= 1
      at = next &+ 1
    }
    return found
  }
}
