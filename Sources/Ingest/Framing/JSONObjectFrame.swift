internal import Bytes

/// JSON objects that are not one a line: documents written over several lines, elements of an array.
///
/// Each outermost object is a frame; white space, commas and the array's brackets before it are passed
/// over, so that an array is read element by element however long it is. Anything else is a line of text.
///
/// An object that breaks JSON's grammar is broken up to where the next one begins, as far as that can be
/// told: before a brace that can't stand there, behind `}` where a comma and a brace follow, or at a line
/// that is not indented further and begins with a brace or bracket.
enum JSONObjectFrame {
  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool) -> Frame? {
    guard let start = start(bytes, from: from, atEnd) else { return nil }
    guard bytes[start] == 0x7b else { return text(bytes, from: start, atEnd) }
    var walk = JSONObjectWalk()
    var at = start
    while at < bytes.count {
      switch walk.take(bytes[at]) {
      case .within: at += 1
      case .complete: return Frame(start..<(at + 1), next: at + 1)
      case .misplaced:
        let end = elementEnd(bytes, from: start, before: at)
        return Frame(start..<end, next: end, kind: .broken)
      case .broken:
        let indent = indentation(bytes, from: from, of: start)
        guard let end = recovery(bytes, from: at, indent: indent) ?? (atEnd ? bytes.count : nil)
        else { return nil }
        return Frame(start..<end, next: end, kind: .broken)
      }
    }
    return atEnd ? Frame(start..<bytes.count, next: bytes.count, kind: .broken) : nil
  }

  /// Whether what was passed over before a frame says that it is a further element of an array.
  static func isElement(_ bytes: Span<UInt8>, _ passed: Range<Int>) -> Bool {
    var hasComma = false
    for at in passed {
      if bytes[at] == 0x5b { return false }
      if bytes[at] == 0x2c { hasComma = true }
    }
    return hasComma
  }

  /// The first byte that is neither blank nor between objects; nil where there is none, or more bytes are
  /// needed to tell.
  static func start(_ bytes: Span<UInt8>, from: Int, _ atEnd: Bool) -> Int? {
    var at = from
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x5d, 0x00, 0x1e: at += 1
      case 0x5b:
        let inner = bytes.behindSpace(at + 1)
        if inner == bytes.count {
          if !atEnd { return nil }
          at = inner
        } else if bytes[inner] == 0x7b || bytes[inner] == 0x5b || bytes[inner] == 0x5d {
          at += 1
        } else {
          return at
        }
      default: return at
      }
    }
    return nil
  }

  /// A line of text, or an element that is no object.
  private static func text(_ bytes: Span<UInt8>, from start: Int, _ atEnd: Bool) -> Frame? {
    if let end = scalarEnd(bytes, from: start) {
      let behind = bytes.behindSpace(end)
      if behind == bytes.count, !atEnd { return nil }
      if behind < bytes.count, bytes[behind] == 0x2c || bytes[behind] == 0x5d {
        return Frame(start..<end, next: end, kind: .broken)
      }
    }
    let found = bytes.scan(for: 0x0a, from: start)
    guard let end = found ?? (atEnd ? bytes.count : nil) else { return nil }
    return Frame(
      FrameWalk.trimmed(bytes, start..<end), next: found == nil ? end : end + 1)
  }

  /// The end of a number, `true`, `false` or `null`.
  private static func scalarEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    let isNumber = FrameWalk.isDigit(bytes[start]) || bytes[start] == 0x2d
    var at = start
    while at < bytes.count, at - start < 64 {
      let byte = bytes[at]
      let isPart =
        isNumber
        ? FrameWalk.isDigit(byte) || byte == 0x2d || byte == 0x2b || byte == 0x2e
          || byte | 0x20 == 0x65
        : byte &- 0x61 < 26
      guard isPart else { break }
      at += 1
    }
    if isNumber || at == bytes.count { return at > start ? at : nil }
    let word = bytes.extracting(start..<at)
    return word.equals("true") || word.equals("false") || word.equals("null") ? at : nil
  }

  /// The end of a broken object before the brace of the next one: a comma between them is the next one's.
  private static func elementEnd(_ bytes: Span<UInt8>, from start: Int, before brace: Int) -> Int {
    var end = brace
    while end > start + 1, bytes[end - 1].isSpace { end -= 1 }
    return end > start + 1 && bytes[end - 1] == 0x2c ? end - 1 : brace
  }

  /// How far the line on which an object begins is indented; 0 where the line begins before the frame.
  private static func indentation(_ bytes: Span<UInt8>, from: Int, of start: Int) -> Int {
    var at = start
    while at > from, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09 { at -= 1 }
    return at > from && bytes[at - 1] == 0x0a ? start - at : 0
  }

  /// Where a broken object is over: see above. Nil where the bytes don't tell.
  private static func recovery(_ bytes: Span<UInt8>, from: Int, indent: Int) -> Int? {
    var at = from
    while at < bytes.count {
      if bytes[at] == 0x7d {
        let comma = bytes.behindSpace(at + 1)
        guard comma < bytes.count else { return nil }
        if bytes[comma] == 0x2c {
          let brace = bytes.behindSpace(comma + 1)
          guard brace < bytes.count else { return nil }
          if bytes[brace] == 0x7b { return at + 1 }
        }
      } else if bytes[at] == 0x0a {
        var first = at + 1
        while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
        guard first < bytes.count else { return nil }
        if first - at - 1 <= indent {
          switch bytes[first] {
          case 0x7b, 0x5b, 0x5d: return at + 1
          case 0x7d: return first + 1
          default: break
          }
        }
      }
      at += 1
    }
    return nil
  }
}

/// Goes through an object byte by byte and tells where it ends, or that it can't be one.
///
/// - Limits: the kinds of the innermost 64 levels are known; deeper ones are only counted.
struct JSONObjectWalk: Equatable {
  enum Step {
    case within
    /// The byte closes the object.
    case complete
    /// The byte opens a value where none can stand: the object before it was not closed.
    case misplaced
    case broken
  }

  private(set) var depth = 0
  /// A bit for each level, innermost lowest: 1 for an object.
  private var kinds: UInt64 = 0
  private var deepest = 0
  /// The last byte that was no blank; a quote for a whole string.
  private var last: UInt8 = 0
  private var isQuoted = false
  private var isEscaped = false

  mutating func take(_ byte: UInt8) -> Step {
    if isQuoted { return takeQuoted(byte) }
    switch byte {
    case 0x20, 0x09, 0x0a, 0x0d: return .within
    case 0x22:
      if last == 0x22 { return .broken }
      isQuoted = true
      return .within
    case 0x7b, 0x5b: return open(byte)
    case 0x7d, 0x5d: return close(byte)
    default:
      if last == 0x22, byte != 0x2c, byte != 0x3a { return .broken }
      last = byte
      return .within
    }
  }

  private mutating func takeQuoted(_ byte: UInt8) -> Step {
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5c {
      isEscaped = true
    } else if byte == 0x22 {
      isQuoted = false
      last = 0x22
      return .within
    }
    // A line feed within a string is no JSON: its quote is missing.
    return byte == 0x0a ? .broken : .within
  }

  private mutating func open(_ byte: UInt8) -> Step {
    let isInObject = kinds & 1 == 1
    let mayStand = last == 0x3a || !isInObject && (last == 0x5b || last == 0x2c)
    if depth > 0, !mayStand, deepest <= 64 { return .misplaced }
    kinds = kinds << 1 | (byte == 0x7b ? 1 : 0)
    depth += 1
    deepest = max(deepest, depth)
    last = byte
    return .within
  }

  private mutating func close(_ byte: UInt8) -> Step {
    if deepest <= 64, (kinds & 1 == 1) != (byte == 0x7d) { return .broken }
    kinds >>= 1
    depth -= 1
    last = byte
    return depth <= 0 ? .complete : .within
  }
}
