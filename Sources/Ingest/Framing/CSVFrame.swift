internal import Bytes

/// A record of comma-separated values (RFC 4180): it ends at a line feed that stands in no quotes.
///
/// A quote opens a field only at its start; elsewhere it is a character like others.
enum CSVFrame {
  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool) -> Frame? {
    var at = from
    var isFieldStart = true
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x22, isFieldStart {
        guard let end = quotedEnd(bytes, from: at) else {
          return atEnd ? frame(bytes, from, bytes.count, next: bytes.count) : nil
        }
        at = end
        isFieldStart = false
        continue
      }
      if byte == 0x0a { return frame(bytes, from, at, next: at + 1) }
      isFieldStart = ColumnCells.isSeparator(byte)
      at += 1
    }
    return atEnd ? frame(bytes, from, bytes.count, next: bytes.count) : nil
  }

  /// Behind the quote that closes the one at `from`; nil where there is none.
  static func quotedEnd(_ bytes: Span<UInt8>, from: Int) -> Int? {
    var at = from + 1
    while let quote = at < bytes.count ? bytes.scan(for: 0x22, from: at) : nil {
      guard quote + 1 < bytes.count, bytes[quote + 1] == 0x22 else { return quote + 1 }
      at = quote + 2
    }
    return nil
  }

  private static func frame(_ bytes: Span<UInt8>, _ from: Int, _ end: Int, next: Int) -> Frame {
    var end = end
    if end > from, bytes[end - 1] == 0x0d { end -= 1 }
    let isBlank = FrameWalk.isBlank(bytes, from..<end)
    return Frame(from..<end, next: next, kind: isBlank ? .blank : .body)
  }
}
