internal import Bytes

/// JSON text sequences (RFC 7464): a record separator (0x1e), a JSON text, a line feed.
///
/// A text ends at the line feed behind its closing bracket, so that the last one of a live stream
/// doesn't wait for the next separator, or at a separator, whatever stands before it. Bytes in front
/// of a separator are broken, line by line.
enum JSONSequenceFrame {
  static let separator: UInt8 = 0x1e

  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool) -> Frame? {
    let isText = bytes[from] == separator
    let start = isText ? from + 1 : from
    guard let next = end(bytes, from: start, isText: isText, atEnd) else { return nil }
    var body = start..<next
    while !body.isEmpty, bytes[body.upperBound - 1].isSpace {
      body = body.lowerBound..<(body.upperBound - 1)
    }
    while !body.isEmpty, bytes[body.lowerBound].isSpace {
      body = (body.lowerBound + 1)..<body.upperBound
    }
    return Frame(body, next: next, kind: body.isEmpty ? .blank : isText ? .body : .broken)
  }

  private static func end(
    _ bytes: Span<UInt8>, from start: Int, isText: Bool, _ atEnd: Bool
  ) -> Int? {
    let count = bytes.count
    let line = bytes.scan(for: 0x0a, from: start)
    let stretch = bytes.extracting(start..<(line ?? count))
    if let found = stretch.scan(for: separator) { return start + found }
    guard let line else { return atEnd ? count : nil }
    if !isText || line + 1 < count && bytes[line + 1] == separator { return line + 1 }
    if line + 1 == count, atEnd { return count }
    return closing(bytes, from: start) ?? (atEnd ? count : nil)
  }

  /// Behind the line feed that follows the text's last bracket, or at the next separator.
  private static func closing(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var depth = 0
    var isQuoted = false
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      if byte == separator { return at }
      if isQuoted {
        if byte == 0x5c { at += 1 } else if byte == 0x22 { isQuoted = false }
      } else {
        switch byte {
        case 0x22: isQuoted = true
        case 0x7b, 0x5b: depth += 1
        case 0x7d, 0x5d: depth -= 1
        case 0x0a where depth <= 0 && !FrameWalk.isBlank(bytes, start..<at): return at + 1
        default: break
        }
      }
      at += 1
    }
    return nil
  }
}
