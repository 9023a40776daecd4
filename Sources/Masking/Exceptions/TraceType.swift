internal import Bytes

/// Finds the name of an exception in a line.
enum TraceType {
  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2e, 0x24, 0x5c: true
    case 0x3a: true
    default: byte >= 0x80
    }
  }

  /// The first name that ends like an exception and has a colon, a quote, a bracket or nothing behind it.
  static func find(_ text: Span<UInt8>) -> [UInt8] {
    var at = 0
    while at < text.count {
      guard isName(text[at]), text[at] != 0x3a else {
        at += 1
        continue
      }
      var end = at
      while end < text.count, isName(text[end]) {
        if text[end] == 0x3a, !(end + 1 < text.count && text[end + 1] == 0x3a),
          !(end > at && text[end - 1] == 0x3a)
        {
          break
        }
        end += 1
      }
      while end > at, text[end - 1] == 0x2e || text[end - 1] == 0x3a { end -= 1 }
      if end > at, isException(text.extracting(at..<end)), closes(text, end) {
        return copy(text.extracting(at..<end))
      }
      at = max(end, at + 1)
    }
    return []
  }

  private static func closes(_ text: Span<UInt8>, _ end: Int) -> Bool {
    if end == text.count { return true }
    switch text[end] {
    case 0x3a, 0x27, 0x22: return true
    case 0x20: return end + 1 < text.count && (text[end + 1] == 0x28 || text[end + 1] == 0x5b)
    default: return false
    }
  }

  private static func isException(_ name: Span<UInt8>) -> Bool {
    ends(name, "Exception") || ends(name, "Error") || ends(name, "Throwable")
      || ends(name, "Failure") || ends(name, "Fault") || ends(name, "Warning")
      || ends(name, "Interrupt") || ends(name, "Timeout")
  }

  private static func ends(_ name: Span<UInt8>, _ ending: StaticString) -> Bool {
    name.has(ending, at: name.count - ending.utf8CodeUnitCount)
  }

  /// What stands before the first colon of the line that ends a Python traceback.
  static func python(_ text: Span<UInt8>) -> [UInt8] {
    var end = 0
    while end < text.count, isName(text[end]), text[end] != 0x3a { end += 1 }
    return copy(text.extracting(0..<end))
  }

  /// `runtime error: what` without its figures, else `panic`.
  static func panic(_ text: Span<UInt8>) -> [UInt8] {
    guard text.has("panic: runtime error: ", at: 0) else { return Array("panic".utf8) }
    var end = 7
    while end < text.count, text[end] != 0x5b, text[end] &- 0x30 >= 10 { end += 1 }
    while end > 0, text[end - 1] == 0x20 { end -= 1 }
    return copy(text.extracting(7..<end))
  }

  /// `message (Type)` at the line's end.
  static func inParentheses(_ text: Span<UInt8>) -> [UInt8] {
    guard text.count > 2, text[text.count - 1] == 0x29 else { return [] }
    var start = text.count - 1
    while start > 0, text[start - 1] != 0x28 { start -= 1 }
    for index in start..<(text.count - 1) where !isName(text[index]) { return [] }
    return start > 0 ? copy(text.extracting(start..<(text.count - 1))) : []
  }

  static func copy(_ text: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    for index in 0..<min(text.count, 256) { out.append(text[index]) }
    return out
  }
}
