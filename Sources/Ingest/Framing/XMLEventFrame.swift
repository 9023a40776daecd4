internal import Bytes

/// Windows events as XML, one a line or over several lines, bare or within `<Events>`.
///
/// An event is a frame, from `<Event` to `</Event>`, wherever lines end. White space, the declaration, comments and
/// the tags of the element around events (of 4 KiB at most) are passed over; anything else is a line of text. An event in which
/// another begins is broken up to there: within one, `<` stands for a tag only, save in comments and CDATA.
enum XMLEventFrame {
  /// The most bytes that tell a tag: `</Events>` and `<![CDATA[`.
  static let lookahead = 9
  /// Bytes within which what is passed over has to end, else it is text; larger would let a log of comments that
  /// never end be read over and over.
  private static let passedLimit = 4096

  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool) -> Frame? {
    guard let start = start(bytes, from: from, atEnd) else { return nil }
    if !isEvent(bytes, at: start) { return text(bytes, from: start, atEnd) }
    var at = start + 1
    while let found = bytes.scan(for: 0x3c, from: at) {
      switch tag(bytes, at: found) {
      case .undecided:
        return atEnd ? Frame(start..<bytes.count, next: bytes.count, kind: .broken) : nil
      case .other(let end): at = end
      case .close(let end): return Frame(start..<end, next: end)
      case .open:
        return Frame(start..<found, next: found, kind: .broken)
      }
    }
    return atEnd ? Frame(start..<bytes.count, next: bytes.count, kind: .broken) : nil
  }

  /// Whether `<Event` begins at `at`, as a tag's whole name.
  static func isEvent(_ bytes: Span<UInt8>, at: Int) -> Bool {
    guard bytes.has("<Event", at: at), at + 6 < bytes.count else { return false }
    let next = bytes[at + 6]
    return next.isSpace || next == 0x3e
  }

  /// Whether a source that begins so holds events: nil where more bytes are needed.
  static func isBegun(_ bytes: Span<UInt8>, atEnd: Bool) -> Bool? {
    var at = bytes.behindSpace(0)
    while at < bytes.count {
      guard bytes[at] == 0x3c else { return false }
      guard at + 8 <= bytes.count || atEnd else {
        return couldBegin(bytes.extracting(at..<bytes.count)) ? nil : false
      }
      if bytes.has("<?xml", at: at) || bytes.has("<!--", at: at) {
        let mark: StaticString = bytes[at + 1] == 0x3f ? "?>" : "-->"
        guard let end = XMLReader.end(of: mark, bytes, from: at + 2) else {
          return atEnd ? false : nil
        }
        at = bytes.behindSpace(end)
        continue
      }
      return isEvent(bytes, at: at) || isRoot(bytes, at: at)
    }
    return atEnd ? false : nil
  }

  private static let beginnings = ["<Event", "<?xml", "<!--"].map { Array($0.utf8) }

  private static func couldBegin(_ bytes: Span<UInt8>) -> Bool {
    for word in beginnings {
      var at = 0
      let length = min(bytes.count, word.count)
      while at < length, word[at] == bytes[at] { at += 1 }
      if at == length { return true }
    }
    return false
  }

  /// Whether the tag of the element around events begins at `at`.
  private static func isRoot(_ bytes: Span<UInt8>, at: Int) -> Bool {
    guard bytes.has("<Events", at: at), at + 7 < bytes.count else { return false }
    let next = bytes[at + 7]
    return next.isSpace || next == 0x3e
  }

  private enum Tag {
    case undecided
    /// Of another event.
    case open
    case close(end: Int)
    /// A tag of anything else, a comment, or text that stands as it is.
    case other(end: Int)
  }

  private static func tag(_ bytes: Span<UInt8>, at: Int) -> Tag {
    guard at + lookahead <= bytes.count else {
      // The shortest that decides is `</Event>`; what else is as short is followed by more.
      return bytes.has("</Event>", at: at) ? .close(end: at + 8) : .undecided
    }
    if bytes[at + 1] == 0x21 {
      if bytes.has("<!--", at: at) {
        return XMLReader.end(of: "-->", bytes, from: at + 4).map { .other(end: $0) } ?? .undecided
      }
      if bytes.has("<![CDATA[", at: at) {
        return XMLReader.end(of: "]]>", bytes, from: at + 9).map { .other(end: $0) }
          ?? .undecided
      }
    }
    if bytes.has("</Event>", at: at) { return .close(end: at + 8) }
    return isEvent(bytes, at: at) ? .open : .other(end: at + 1)
  }

  /// The first byte of an event or of text; nil where there is none, or more bytes are needed to tell.
  static func start(_ bytes: Span<UInt8>, from: Int, _ atEnd: Bool) -> Int? {
    var at = from
    while true {
      at = bytes.behindSpace(at)
      guard at < bytes.count else { return nil }
      guard bytes[at] == 0x3c else { return at }
      guard at + lookahead <= bytes.count || atEnd else { return nil }
      let isClose = bytes.has("</Events>", at: at)
      let isPassed =
        bytes.has("<?xml", at: at) || bytes.has("<!--", at: at) || isRoot(bytes, at: at)
        || isClose
      guard isPassed else { return at }
      let near = bytes.extracting(0..<min(bytes.count, at + passedLimit))
      let end =
        isClose
        ? at + 9
        : bytes[at + 1] == 0x3f
          ? XMLReader.end(of: "?>", near, from: at + 2)
          : bytes[at + 1] == 0x21
            ? XMLReader.end(of: "-->", near, from: at + 4)
            : XMLReader.tagEnd(near, from: at).map { $0 + 1 }
      guard let end else {
        let isBroken =
          near.count == at + passedLimit
          || isRoot(bytes, at: at) && near.scan(for: 0x3c, from: at + 1) != nil
        return atEnd || isBroken ? at : nil
      }
      at = end
    }
  }

  private static func text(_ bytes: Span<UInt8>, from start: Int, _ atEnd: Bool) -> Frame? {
    let found = bytes.scan(for: 0x0a, from: start)
    guard let end = found ?? (atEnd ? bytes.count : nil) else { return nil }
    return Frame(
      FrameWalk.trimmed(bytes, start..<end), next: found == nil ? end : end + 1)
  }
}
