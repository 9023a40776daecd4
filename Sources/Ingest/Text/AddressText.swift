import Bytes

/// IP addresses as loggers write them: bare, with a port, in brackets, first of a list.
enum AddressText {
  /// The address and the port behind it (empty where there is none); nil where the text begins with no IP
  /// address, or where anything but a port or a list follows.
  static func read(_ text: Span<UInt8>) -> (address: Range<Int>, port: Range<Int>)? {
    let start = text.skipBlanks(0)
    guard start < text.count else { return nil }
    if text[start] == 0x5b {
      guard let close = text.find(0x5d, start, start + 64), isSixth(text, start + 1, close) else {
        return nil
      }
      return finished(text, (start + 1)..<close, close + 1)
    }
    var end = start
    var dots = 0
    var colons = 0
    while end < text.count {
      let byte = text[end]
      if byte == 0x2e {
        dots += 1
      } else if byte == 0x3a {
        if dots == 3, colons == 0 { break }
        colons += 1
      } else if !byte.isHexDigit {
        break
      }
      end += 1
    }
    if colons == 0 {
      guard isFourth(text, start, end) else { return nil }
    } else {
      guard isSixth(text, start, end) else { return nil }
    }
    return finished(text, start..<end, end)
  }

  /// The first text of a JSON array of texts, without escapes; where it stands between its quotes.
  static func firstText(_ array: Span<UInt8>) -> Range<Int>? {
    let quote = array.skipBlanks(1)
    guard array.holds(0x22, at: quote), let end = array.find(0x22, quote + 1, array.count),
      end > quote + 1, array.find(0x5c, quote, end) == nil
    else { return nil }
    return (quote + 1)..<end
  }

  private static func finished(
    _ text: Span<UInt8>, _ address: Range<Int>, _ at: Int
  ) -> (address: Range<Int>, port: Range<Int>)? {
    if at >= text.count { return (address, at..<at) }
    if text[at] == 0x2c { return (address, at..<at) }
    guard text[at] == 0x3a else { return nil }
    let end = text.digitsEnd(at + 1)
    guard end == text.count, end > at + 1, end - at <= 6 else { return nil }
    return (address, (at + 1)..<end)
  }

  private static func isFourth(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    for part in 0..<4 {
      let end = text.digitsEnd(at)
      guard end > at, end <= to, let value = text.number(at, end), value <= 255 else {
        return false
      }
      at = end
      if part < 3 {
        guard text.holds(0x2e, at: at) else { return false }
        at += 1
      }
    }
    return at == to
  }

  /// Whether the bytes may be an IPv6 address: hexadecimal groups of at most four between colons, and
  /// dots only at its end.
  private static func isSixth(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var colons = 0
    var width = 0
    for index in from..<to {
      let byte = text[index]
      if byte == 0x3a {
        colons += 1
        width = 0
      } else if byte == 0x2e {
        width = 0
      } else {
        guard byte.isHexDigit else { return false }
        width += 1
        if width > 4 { return false }
      }
    }
    return (2...8).contains(colons)
  }
}
