import Bytes

/// Goes through XML piece by piece: start tags, end tags, text; comments and instructions are passed over.
///
/// Only the syntax of XML 1.0 that fragments use: no document type, so that an entity is one of the five of the
/// language or a character's number, and nothing can be expanded. Names are bytes up to a separator. Each piece takes
/// at least one byte, so that a walk ends; it looks at each byte once.
struct XMLReader {
  enum Piece: Equatable {
    /// - Parameter isEmpty: the tag is its own end.
    case open(name: Range<Int>, attributes: Range<Int>, isEmpty: Bool)
    case close(name: Range<Int>)
    /// As it stands, entities unresolved.
    case text(Range<Int>)
    /// Of a CDATA section.
    case verbatim(Range<Int>)
    case end
    case malformed
  }

  private(set) var at: Int

  init(at: Int = 0) { self.at = at }

  mutating func next(_ bytes: Span<UInt8>) -> Piece {
    while at < bytes.count {
      guard bytes[at] == 0x3c else {
        let end = bytes.scan(for: 0x3c, from: at) ?? bytes.count
        defer { at = end }
        return .text(at..<end)
      }
      guard at + 1 < bytes.count else { return .malformed }
      switch bytes[at + 1] {
      case 0x2f: return close(bytes)
      case 0x3f: guard skip("?>", bytes, from: at + 2) else { return .malformed }
      case 0x21:
        if bytes.has("<!--", at: at) {
          guard skip("-->", bytes, from: at + 4) else { return .malformed }
        } else {
          guard bytes.has("<![CDATA[", at: at) else { return .malformed }
          let start = at + 9
          guard skip("]]>", bytes, from: start) else { return .malformed }
          return .verbatim(start..<(at - 3))
        }
      default: return open(bytes)
      }
    }
    return .end
  }

  private mutating func skip(_ mark: StaticString, _ bytes: Span<UInt8>, from: Int) -> Bool {
    guard let end = Self.end(of: mark, bytes, from: from) else { return false }
    at = end
    return true
  }

  /// Behind the next `mark`, whose last byte is `>`.
  static func end(of mark: StaticString, _ bytes: Span<UInt8>, from: Int) -> Int? {
    let length = mark.utf8CodeUnitCount
    var at = from
    while let found = bytes.scan(for: 0x3e, from: at) {
      if found + 1 - length >= from, bytes.has(mark, at: found + 1 - length) { return found + 1 }
      at = found + 1
    }
    return nil
  }

  private mutating func close(_ bytes: Span<UInt8>) -> Piece {
    let start = at + 2
    guard let end = bytes.scan(for: 0x3e, from: start) else { return .malformed }
    let name = start..<Self.nameEnd(bytes, start, end)
    guard !name.isEmpty, bytes.behindSpace(name.upperBound, before: end) == end else {
      return .malformed
    }
    at = end + 1
    return .close(name: name)
  }

  private mutating func open(_ bytes: Span<UInt8>) -> Piece {
    guard let end = Self.tagEnd(bytes, from: at) else { return .malformed }
    let name = (at + 1)..<Self.nameEnd(bytes, at + 1, end)
    let isEmpty = bytes[end - 1] == 0x2f
    let rest = isEmpty ? end - 1 : end
    guard !name.isEmpty, name.upperBound <= rest else { return .malformed }
    at = end + 1
    return .open(name: name, attributes: name.upperBound..<rest, isEmpty: isEmpty)
  }

  /// The `>` that ends the tag which begins at `start`: outside of quotes. Nil where another tag begins first.
  static func tagEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var at = start + 1
    var quote: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x3c { return nil }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3e {
        return at
      }
      at += 1
    }
    return nil
  }

  /// The next attribute of a tag from `at` on, which is moved behind it; nil behind the last, or where what
  /// stands there is none.
  static func attribute(
    _ bytes: Span<UInt8>, _ at: inout Int, before end: Int
  ) -> (name: Range<Int>, value: Range<Int>)? {
    let start = bytes.behindSpace(at, before: end)
    let nameEnd = nameEnd(bytes, start, end)
    var from = bytes.behindSpace(nameEnd, before: end)
    guard nameEnd > start, from < end, bytes[from] == 0x3d else { return nil }
    from = bytes.behindSpace(from + 1, before: end)
    guard from < end, bytes[from] == 0x22 || bytes[from] == 0x27 else { return nil }
    guard let close = bytes.extracting(..<end).scan(for: bytes[from], from: from + 1) else {
      return nil
    }
    at = close + 1
    return (start..<nameEnd, (from + 1)..<close)
  }

  private static func nameEnd(_ bytes: Span<UInt8>, _ from: Int, _ end: Int) -> Int {
    var at = from
    while at < end, !bytes[at].isSpace, bytes[at] != 0x2f, bytes[at] != 0x3d { at += 1 }
    return at
  }
}
