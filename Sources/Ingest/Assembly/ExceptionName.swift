import Bytes

/// Finds the names of exceptions: `java.io.IOException`, `ReferenceError`, `ActionController::RoutingError`.
enum ExceptionName {
  private static let reach = 400
  private static let tries = 6

  /// Whether an exception's name stands in `text`, as a line that opens a trace has it.
  ///
  /// A bare `Error` counts only at the line's start, before a colon (Node.js).
  @inline(__always)
  static func isIn(_ text: Span<UInt8>) -> Bool {
    guard let first = text.scan(for: 0x45) else { return endsInTrace(text) }
    return isIn(text, first)
  }

  private static func isIn(_ text: Span<UInt8>, _ first: Int) -> Bool {
    var at = first
    for _ in 0..<tries {
      guard at < reach else { break }
      if ends(text, at) { return true }
      guard let next = text.scan(for: 0x45, from: at + 1) else { break }
      at = next
    }
    return endsInTrace(text)
  }

  /// Whether `Error` or `Exception` ends a name at `at`.
  private static func ends(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let end: Int
    if text.has("Exception", at: at) {
      end = at + 9
    } else if text.has("Error", at: at) {
      guard at == 0 || text[at - 1].isLetter || text[at - 1] == 0x2e else { return false }
      if at == 0 { return text.has(": ", at: 5) }
      end = at + 5
    } else {
      return false
    }
    guard end < text.count else { return true }
    let next = text[end]
    return next == 0x3a || next == 0x20 || next == 0x29 || next == 0x2e || next == 0x0a
  }

  /// Whether the word at `at` is an exception's name.
  static func begins(_ text: Span<UInt8>, _ at: Int) -> Bool {
    var end = at
    while end < text.count,
      text[end].isAlphanumeric || text[end] == 0x3a || text[end] == 0x2e
        || text[end] == 0x5f || text[end] == 0x24
    { end += 1 }
    while end > at, text[end - 1] == 0x3a { end -= 1 }
    return text[at].isLetter
      && (end - at > 5 && text.has("Error", at: end - 5)
        || end - at > 9 && text.has("Exception", at: end - 9))
  }

  /// Whether `text[..<end]` is a class within a package, as the JVM names exceptions whose names tell
  /// nothing: `com.example.orders.OrderRejected`.
  static func isQualified(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end < 200, text[0].isLower else { return false }
    var dots = 0
    var start = 0
    for index in 0..<end {
      let byte = text[index]
      if byte == 0x2e {
        dots += 1
        start = index + 1
      } else if !(byte.isAlphanumeric || byte == 0x5f || byte == 0x24) {
        return false
      }
    }
    return dots > 1 && start < end && text[start].isUpper
  }

  /// Whether the line says that a trace follows: it ends in `stack trace`, with or without a colon.
  private static func endsInTrace(_ text: Span<UInt8>) -> Bool {
    let last = text[text.count - 1]
    guard last == 0x3a || last == 0x65 else { return false }
    let end = last == 0x3a ? text.count - 1 : text.count
    return text.has("tack trace", at: end - 10)
  }
}
