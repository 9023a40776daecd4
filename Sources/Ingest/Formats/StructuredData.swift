import Bytes
import Model

/// The structured data of RFC 5424 (section 6.3): `[id name="value" …][…]`, or `-`.
enum StructuredData {
  /// Where the structured data at `at` end; nil where they break the grammar.
  static func end(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    if bytes.holds(0x2d, at: at) { return at + 1 }
    var next = at
    var elements = 0
    while bytes.holds(0x5b, at: next) {
      guard let end = elementEnd(bytes, next) else { return nil }
      if elements < Self.comparedElements, isRepeated(bytes, at, next) { return nil }
      elements += 1
      next = end
    }
    return next > at ? next : nil
  }

  /// Among so many elements an id that stands twice is refused, as the RFC asks.
  private static let comparedElements = 8

  /// Whether the id of the element at `element` is that of one between `at` and it.
  private static func isRepeated(_ bytes: Span<UInt8>, _ at: Int, _ element: Int) -> Bool {
    guard let idEnd = nameEnd(bytes, element + 1) else { return false }
    let id = bytes.extracting((element + 1)..<idEnd)
    var earlier = at
    while earlier < element, let otherEnd = nameEnd(bytes, earlier + 1),
      let end = elementEnd(bytes, earlier)
    {
      if bytes.extracting((earlier + 1)..<otherEnd).equals(id) { return true }
      earlier = end
    }
    return false
  }

  private static func elementEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    guard var next = nameEnd(bytes, at + 1) else { return nil }
    while next < bytes.count {
      if bytes[next] == 0x5d { return next + 1 }
      guard bytes[next] == 0x20, let equals = nameEnd(bytes, next + 1),
        bytes.holds(0x3d, at: equals), bytes.holds(0x22, at: equals + 1),
        let quote = valueEnd(bytes, equals + 2)
      else { return nil }
      next = quote + 1
    }
    return nil
  }

  /// The end of an SD-NAME: 1 to 32 printable ASCII characters but `=`, blank, `]` and `"`.
  private static func nameEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    while end < bytes.count {
      let byte = bytes[end]
      if byte <= 0x20 || byte >= 0x7f || byte == 0x3d || byte == 0x5d || byte == 0x22 { break }
      end += 1
    }
    return end > at && end - at <= 32 ? end : nil
  }

  /// Where the quote that ends the value stands. A bare `]` or `\` is refused: section 6.3.3 has them
  /// escaped, and only a sender that breaks that writes `\` before anything else.
  private static func valueEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    while end < bytes.count {
      let byte = bytes[end]
      if byte == 0x22 { return end }
      if byte == 0x5d { return nil }
      if byte == 0x5c {
        guard end + 1 < bytes.count, isEscapable(bytes[end + 1]) else { return nil }
        end += 1
      }
      end += 1
    }
    return nil
  }

  private static func isEscapable(_ byte: UInt8) -> Bool {
    byte == 0x22 || byte == 0x5c || byte == 0x5d
  }

  /// Makes fields of the parameters in `at ..< end`, which `end(_:_:)` found to be right.
  static func note(
    _ text: FrameText, _ at: Int, _ end: Int, _ keepsFields: Bool, into entry: inout Entry,
    in batch: Batch
  ) {
    let bytes = text.bytes
    var next = at
    while bytes.holds(0x5b, at: next), next < end {
      let idEnd = nameEnd(bytes, next + 1) ?? end
      let isTrace = isTraceElement(bytes, next + 1, idEnd)
      var scan = idEnd
      while scan < end, bytes[scan] == 0x20 {
        guard let equals = nameEnd(bytes, scan + 1), let quote = valueEnd(bytes, equals + 2)
        else { return }
        let value = unescaped(text, equals + 2, quote, in: batch)
        if isTrace, bytes.matches(lowercase: "trace_id", scan + 1, equals) {
          entry.trace = value
        } else if isTrace, bytes.matches(lowercase: "span_id", scan + 1, equals) {
          batch.fields.append(Field(TextFields.spanID, value))
        } else if keepsFields,
          let name = spelled(text, next + 1..<idEnd, scan + 1..<equals, in: batch)
        {
          batch.fields.append(Field(spelled: name, value))
        }
        scan = quote + 1
      }
      next = scan + 1
    }
  }

  private static func isTraceElement(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    bytes.matches(lowercase: "opentelemetry", from, to)
      || bytes.matches(lowercase: "trace", from, to) || bytes.matches(lowercase: "otel", from, to)
  }

  /// `id.parameter`, in the side arena.
  private static func spelled(
    _ text: FrameText, _ id: Range<Int>, _ name: Range<Int>, in batch: Batch
  ) -> ByteRange? {
    let side = batch.arenas.side
    let start = side.count
    guard side.append(text.bytes.extracting(id)) != nil, side.append(0x2e),
      side.append(text.bytes.extracting(name)) != nil
    else {
      side.truncate(to: start)
      return nil
    }
    return ByteRange(start, count: side.count - start, inSide: true)
  }

  /// The value with `\"`, `\\` and `\]` resolved; in place where it has none of them.
  private static func unescaped(
    _ text: FrameText, _ from: Int, _ to: Int, in batch: Batch
  ) -> ByteRange {
    guard text.bytes.find(0x5c, from, to) != nil else { return text.range(from, to) }
    let side = batch.arenas.side
    let start = side.count
    var at = from
    while at < to {
      if text[at] == 0x5c, at + 1 < to, isEscapable(text[at + 1]) { at += 1 }
      guard side.append(text[at]) else {
        side.truncate(to: start)
        return text.range(from, to)
      }
      at += 1
    }
    return ByteRange(start, count: side.count - start, inSide: true)
  }
}
