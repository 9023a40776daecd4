internal import Bytes

/// Comparisons of a field's bytes with a rule's value; ASCII letters in both cases where that is asked for.
///
/// A value that ignores case is given in lower case. No allocation; O(text + value) but for wildcards,
/// which take O(text · value) at worst.
enum TextMatching {
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// Whether `value` stands in `text` at `at`.
  @inline(__always)
  static func stands(
    _ value: Span<UInt8>, in text: Span<UInt8>, at: Int, ignoresCase: Bool
  ) -> Bool {
    guard at >= 0, at + value.count <= text.count else { return false }
    for index in 0..<value.count {
      let byte = ignoresCase ? folded(text[at + index]) : text[at + index]
      if byte != value[index] { return false }
    }
    return true
  }

  static func contains(
    _ value: Span<UInt8>, in text: Span<UInt8>, ignoresCase: Bool
  ) -> Bool {
    if value.isEmpty { return true }
    guard value.count <= text.count else { return false }
    let first = value[0]
    for at in 0...(text.count - value.count) {
      let byte = ignoresCase ? folded(text[at]) : text[at]
      if byte == first, stands(value, in: text, at: at, ignoresCase: ignoresCase) { return true }
    }
    return false
  }

  /// Whether all of `text` fits a value with wildcards (`SigmaText`).
  static func fits(_ text: Span<UInt8>, _ value: Span<UInt16>, ignoresCase: Bool) -> Bool {
    var at = 0
    var want = 0
    var star = -1
    var starAt = 0
    while at < text.count {
      if want < value.count, value[want] == SigmaText.anyText {
        star = want
        starAt = at
        want += 1
        continue
      }
      let byte = ignoresCase ? folded(text[at]) : text[at]
      if want < value.count, value[want] == UInt16(byte) {
        want += 1
        at += 1
      } else if want < value.count, value[want] == SigmaText.oneCharacter {
        want += 1
        at += 1
        while at < text.count, text[at] & 0xc0 == 0x80 { at += 1 }
      } else if star >= 0 {
        starAt += 1
        at = starAt
        want = star + 1
      } else {
        return false
      }
    }
    while want < value.count, value[want] == SigmaText.anyText { want += 1 }
    return want == value.count
  }

  /// A decimal number with sign, fraction and exponent left out; nil for anything else.
  static func number(_ text: Span<UInt8>) -> Double? {
    var at = 0
    let isNegative = !text.isEmpty && text[0] == 0x2d
    if isNegative { at = 1 }
    var value = 0.0
    var digits = 0
    var scale = 1.0
    var isFraction = false
    while at < text.count {
      let byte = text[at]
      if byte == 0x2e, !isFraction {
        isFraction = true
      } else if byte &- 0x30 < 10, digits < 40 {
        value = value * 10 + Double(byte &- 0x30)
        if isFraction { scale *= 10 }
        digits += 1
      } else {
        return nil
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    return (isNegative ? -value : value) / scale
  }
}
