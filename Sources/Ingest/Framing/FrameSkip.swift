internal import Bytes
internal import Model

/// What is left of a frame that was cut at the limit: how much of the coming bytes to pass over.
///
/// It looks at each byte once and doesn't depend on the pieces in which they come.
enum FrameSkip: Equatable {
  case none
  /// Up to and with a delimiter.
  case through(UInt8)
  /// Up to a byte that begins the next frame.
  case upTo(UInt8)
  case count(Int)
  /// The rest of a journal entry: from a field's start, in a line, in a field's bytes.
  case fields
  case fieldLine
  case fieldBytes(Int)
  /// Through `</Event>`, of which so many bytes have been seen.
  case event(seen: Int)
  /// The rest of a JSON object; a line that begins with `{` or `[` is taken for the next one.
  case object(JSONObjectWalk, isLineStart: Bool)

  /// The skip behind the first `cut` bytes of an overlong frame that begins at `start`.
  ///
  /// - Parameter cut: may come back smaller, where the frame has to be cut before a field.
  static func behind(
    _ framing: Framing, _ bytes: Span<UInt8>, from start: Int, cut: inout Int
  ) -> FrameSkip {
    switch framing {
    case .lines, .columns, .csv: return .through(0x0a)
    case .nul: return .through(0)
    case .journalEntries: return .count(JournalReference.size)
    case .jsonSequence: return .upTo(JSONSequenceFrame.separator)
    case .jsonObjects:
      var walk = JSONObjectWalk()
      let first = JSONObjectFrame.start(bytes, from: start, true) ?? start
      guard first < cut, bytes[first] == 0x7b else { return .through(0x0a) }
      for at in first..<cut { _ = walk.take(bytes[at]) }
      return .object(walk, isLineStart: bytes[cut - 1] == 0x0a)
    case .xmlEvents:
      let first = XMLEventFrame.start(bytes, from: start, true) ?? start
      guard first < cut, XMLEventFrame.isEvent(bytes, at: first) else { return .through(0x0a) }
      var seen = 0
      for at in max(first, cut - endTag.count)..<cut { seen = matched(seen, bytes[at]) }
      return .event(seen: seen)
    case .octetCounted:
      guard let end = OctetFrame.countedEnd(bytes, from: start) else { return .through(0x0a) }
      return .count(end - cut)
    case .journalExport:
      var at = start
      while at < cut {
        switch JournalField.next(bytes, from: at, end: cut) {
        case .field(_, _, let next), .broken(let next), .blank(let next): at = next
        case .openText: return .fieldLine
        case .openBytes(_, _, let missing): return .fieldBytes(missing)
        case .openName:
          guard at > start else { return .fieldLine }
          cut = at
          return .fields
        }
      }
      return .fields
    }
  }

  /// How many of the bytes from the front can be passed over; afterwards `none` where that was all.
  mutating func take(_ bytes: Span<UInt8>) -> Int {
    var at = 0
    while at < bytes.count {
      switch self {
      case .none: return at
      case .through(let byte): at = pass(bytes, at, byte, then: FrameSkip.none)
      case .upTo(let byte):
        if let found = bytes.scan(for: byte, from: at) {
          self = .none
          return found
        }
        return bytes.count
      case .count(let left):
        let taken = min(left, bytes.count - at)
        at += taken
        self = taken == left ? .none : .count(left - taken)
      case .object(let walk, let isLineStart):
        at = passObject(bytes, at, walk, isLineStart: isLineStart)
      case .event(let seen): at = passEvent(bytes, at, seen: seen)
      case .fieldLine: at = pass(bytes, at, 0x0a, then: .fields)
      case .fieldBytes(let left):
        let taken = min(left, bytes.count - at)
        at += taken
        self = taken == left ? .fieldLine : .fieldBytes(left - taken)
      case .fields:
        guard let next = takeField(bytes, at) else { return at }
        at = next
      }
    }
    return at
  }

  private static let endTag = Array("</Event>".utf8)

  /// How much of the end tag has been seen, with one byte more: `<` stands at its start only.
  private static func matched(_ seen: Int, _ byte: UInt8) -> Int {
    // One that ends where the frame was cut stands in its comments or CDATA.
    if seen < endTag.count, endTag[seen] == byte { return seen + 1 }
    return byte == 0x3c ? 1 : 0
  }

  private mutating func passEvent(_ bytes: Span<UInt8>, _ from: Int, seen: Int) -> Int {
    var seen = seen
    var at = from
    while at < bytes.count {
      seen = Self.matched(seen, bytes[at])
      at += 1
      if seen == Self.endTag.count {
        self = .none
        return at
      }
    }
    self = .event(seen: seen)
    return at
  }

  private mutating func passObject(
    _ bytes: Span<UInt8>, _ from: Int, _ walk: JSONObjectWalk, isLineStart: Bool
  ) -> Int {
    var walk = walk
    var at = from
    var isLineStart = isLineStart
    while at < bytes.count {
      let byte = bytes[at]
      if isLineStart, byte == 0x7b || byte == 0x5b {
        self = .none
        return at
      }
      isLineStart = byte == 0x0a
      at += 1
      if case .complete = walk.take(byte) {
        self = .none
        return at
      }
    }
    self = .object(walk, isLineStart: isLineStart)
    return at
  }

  /// Passes over a line, or a name and a length; nil where more bytes are needed to tell which.
  private mutating func takeField(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    let head = bytes.extracting(at..<min(bytes.count, at + JournalField.nameLimit + 1))
    guard let line = head.firstIndex(of: 0x0a) else {
      if head.count <= JournalField.nameLimit { return nil }
      self = .fieldLine
      return at
    }
    if line == 0 {
      self = .none
      return at + 1
    }
    guard JournalField.nameLength(head, 0..<line) == line else { return at + line + 1 }
    let start = at + line + 9
    guard start <= bytes.count else { return nil }
    let length = bytes.word(at: at + line + 1)
    guard length <= JournalField.sizeLimit else { return at + line + 1 }
    self = .fieldBytes(Int(length))
    return start
  }

  private mutating func pass(
    _ bytes: Span<UInt8>, _ at: Int, _ byte: UInt8, then next: FrameSkip
  ) -> Int {
    guard let found = bytes.scan(for: byte, from: at) else { return bytes.count }
    self = next
    return found + 1
  }
}
