internal import Bytes

/// A JSON array that is known to be valid, read out of its bytes.
struct ValueArray {
  private let range: ByteRange
  private let bytes: Range<Int>

  init(_ range: ByteRange, _ arenas: ArenaPair) {
    self.range = range
    bytes = 0..<Int(range.count)
  }

  /// The bytes that an array of numbers from 0 to 255 spells, in the side arena; nil for any other.
  func bytes(into arenas: ArenaPair) -> ByteRange? {
    let text = arenas.bytes(range)
    let start = arenas.side.count
    var value = -1
    for index in 1..<max(1, text.count) {
      let byte = text[index]
      switch byte {
      case 0x30...0x39: value = max(value, 0) * 10 + Int(byte ^ 0x30)
      case 0x2c, 0x5d:
        guard value >= 0, arenas.side.append(UInt8(truncatingIfNeeded: value)) else {
          arenas.side.truncate(to: start)
          return nil
        }
        value = -1
      case 0x20, 0x09, 0x0a, 0x0d: continue
      default:
        arenas.side.truncate(to: start)
        return nil
      }
      if value > 255 {
        arenas.side.truncate(to: start)
        return nil
      }
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// The first of its texts (or the first array of bytes in it), and an array of the values after it.
  func firstText(into arenas: ArenaPair) -> (first: ByteRange, rest: ByteRange?) {
    let text = arenas.bytes(range)
    var first = ByteRange.empty
    var at = 1
    while at < text.count {
      let end = valueEnd(text, at)
      let isText = text[at] == 0x22
      if isText || text[at] == 0x5b {
        if isText {
          let content = content(text, at, end)
          if let placed = arenas.side.appendUnescaped(content) {
            first = ByteRange(placed.offset, count: placed.count, inSide: true)
          }
        } else {
          let inner = ByteRange(start: range.start + UInt32(at), count: UInt32(end - at))
          first = ValueArray(inner, arenas).bytes(into: arenas) ?? .empty
        }
        return (first, rest(text, from: end, arenas))
      }
      at = max(end, at + 1)
    }
    return (first, nil)
  }

  private func rest(_ text: Span<UInt8>, from end: Int, _ arenas: ArenaPair) -> ByteRange? {
    guard let comma = text.firstIndex(of: 0x2c, from: end) else { return nil }
    let start = arenas.side.count
    guard arenas.side.append(0x5b),
      arenas.side.append(text.extracting((comma + 1)..<text.count)) != nil
    else { return nil }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// All its texts joined by line feeds, in the side arena; nil where it holds anything else.
  func joinedTexts(into arenas: ArenaPair) -> ByteRange? {
    let text = arenas.bytes(range)
    let start = arenas.side.count
    var at = 1
    while at < text.count {
      switch text[at] {
      case 0x22:
        let end = valueEnd(text, at)
        if arenas.side.count > start { arenas.side.append(0x0a) }
        guard arenas.side.appendUnescaped(content(text, at, end)) != nil else {
          return nil
        }
        at = end
      case 0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x5d: at += 1
      default:
        arenas.side.truncate(to: start)
        return nil
      }
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  @_lifetime(copy text)
  private func content(_ text: Span<UInt8>, _ quote: Int, _ end: Int) -> Span<UInt8> {
    text.extracting((quote + 1)..<max(quote + 1, end - 1))
  }

  /// Where the value that begins at `start` ends, strings and nested arrays of numbers understood.
  private func valueEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    if text[at] == 0x22 {
      at += 1
      while at < text.count, text[at] != 0x22 { at += text[at] == 0x5c ? 2 : 1 }
      return min(at + 1, text.count)
    }
    if text[at] == 0x5b {
      return min((text.firstIndex(of: 0x5d, from: at) ?? text.count - 1) + 1, text.count)
    }
    while at < text.count, text[at] != 0x2c, text[at] != 0x22, text[at] != 0x5b { at += 1 }
    return at
  }
}
