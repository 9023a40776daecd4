internal import Bytes
package import Model

/// Tells a source's framing by its first bytes: its first line, or as much of it as is needed.
///
/// - Invariant: once there is an answer, more bytes don't change it, so that it doesn't depend on the
///   pieces in which the bytes came.
package enum FramingSniffer {
  /// A byte order mark at a file's start.
  package enum Mark: Equatable, Sendable {
    case none
    case utf8
    /// The text is not read as UTF-16: its bytes go on as they are.
    case utf16
  }

  /// A first line without an end is looked at up to here.
  private static let lineLimit = 64 << 10

  /// Names that an entry of the journal may begin with, besides those with an underscore.
  private static let firstNames: [StaticString] = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER"]

  /// The byte order mark, or nil where more bytes are needed.
  package static func mark(_ bytes: Span<UInt8>, atEnd: Bool) -> Mark? {
    guard bytes.count > 0 else { return atEnd ? Mark.none : nil }
    switch bytes[0] {
    case 0xef:
      for (index, wanted) in [0xef, 0xbb, 0xbf].enumerated() {
        guard index < bytes.count else { return atEnd ? Mark.none : nil }
        if bytes[index] != wanted { return Mark.none }
      }
      return .utf8
    case 0xfe, 0xff:
      guard bytes.count > 1 else { return atEnd ? Mark.none : nil }
      return bytes[0] ^ bytes[1] == 1 ? .utf16 : Mark.none
    default: return Mark.none
    }
  }

  /// The framing of a source that begins with `bytes`, or nil where more are needed.
  package static func framing(of bytes: Span<UInt8>, atEnd: Bool) -> Framing? {
    guard bytes.count > 0 else { return atEnd ? .lines : nil }
    switch bytes[0] {
    case JSONSequenceFrame.separator: return .jsonSequence
    case 0x31...0x39: return octetCounted(bytes, atEnd)
    case 0x5f, 0x41...0x5a: return journalExport(bytes, atEnd)
    case 0x23: return columns(bytes, atEnd)
    case 0x3c: return events(bytes, atEnd)
    case 0x7b:
      guard let framing = nul(bytes, atEnd) else { return nil }
      return framing == .lines ? objects(bytes, 0, atEnd) : framing
    case 0x5b, 0x20, 0x09, 0x0a, 0x0d: return objects(bytes, 0, atEnd)
    default: return .lines
    }
  }

  /// Windows events as XML, else lines.
  private static func events(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Framing? {
    let seen = bytes.extracting(0..<min(bytes.count, lineLimit))
    let isBegun = XMLEventFrame.isBegun(seen, atEnd: atEnd || seen.count == lineLimit)
    guard let isBegun else { return nil }
    return isBegun ? .xmlEvents : nul(bytes, atEnd)
  }

  /// An array of objects, or an object that goes on behind its first line.
  private static func objects(_ bytes: Span<UInt8>, _ from: Int, _ atEnd: Bool) -> Framing? {
    let seen = bytes.extracting(0..<min(bytes.count, lineLimit))
    let undecided: Framing? = atEnd || seen.count == lineLimit ? .lines : nil
    var at = seen.behindSpace(from)
    guard at < seen.count else { return undecided }
    if seen[at] == 0x5b {
      at = seen.behindSpace(at + 1)
      guard at < seen.count else { return undecided }
      guard seen[at] == 0x7b else { return .lines }
      at = seen.behindSpace(at + 1)
      guard at < seen.count else { return undecided }
      return seen[at] == 0x22 || seen[at] == 0x7d ? .jsonObjects : .lines
    }
    if seen[at] == 0x3c {
      guard let isBegun = XMLEventFrame.isBegun(seen, atEnd: undecided != nil) else { return nil }
      return isBegun ? .xmlEvents : .lines
    }
    guard seen[at] == 0x7b else { return .lines }
    guard let feed = seen.scan(for: 0x0a, from: at) else { return undecided }
    var walk = JSONObjectWalk()
    var last: UInt8 = 0
    while at < feed {
      guard case .within = walk.take(seen[at]) else { return .lines }
      if !seen[at].isSpace { last = seen[at] }
      at += 1
    }
    guard case .within = walk.take(0x0a), last == 0x7b || last == 0x5b || last == 0x2c else {
      return .lines
    }
    at = seen.behindSpace(feed)
    guard at < seen.count else { return undecided }
    return seen[at] == 0x22 || last == 0x5b && seen[at] == 0x7b || last == 0x7b && seen[at] == 0x7d
      ? .jsonObjects : .lines
  }

  /// A directive of W3C's extended log format.
  private static func columns(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Framing? {
    var isOpen = false
    for word: StaticString in ["#Version:", "#Software:", "#Fields:", "#Date:", "#Start-Date:"] {
      let length = min(word.utf8CodeUnitCount, bytes.count)
      var same = 0
      word.withUTF8Buffer { buffer in
        while same < length, unsafe buffer[same] == bytes[same] { same += 1 }
      }
      if same == word.utf8CodeUnitCount { return .columns }
      if same == bytes.count { isOpen = true }
    }
    return isOpen && !atEnd ? nil : .lines
  }

  /// `[1-9][0-9]{0,6} <[0-9]{1,3}>`
  private static func octetCounted(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Framing? {
    let undecided: Framing? = atEnd ? .lines : nil
    var at = 0
    while at < bytes.count, at < 7, FrameWalk.isDigit(bytes[at]) { at += 1 }
    for wanted: UInt8 in [0x20, 0x3c] {
      guard at < bytes.count else { return undecided }
      guard bytes[at] == wanted else { return .lines }
      at += 1
    }
    let digits = at
    while at < bytes.count, at - digits < 3, FrameWalk.isDigit(bytes[at]) { at += 1 }
    guard at < bytes.count else { return undecided }
    return at > digits && bytes[at] == 0x3e ? .octetCounted : .lines
  }

  /// A first line `NAME=…` whose name the journal gives itself.
  private static func journalExport(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Framing? {
    let length = JournalField.nameLength(bytes, 0..<bytes.count)
    guard length < bytes.count else {
      return atEnd || length > JournalField.nameLimit ? .lines : nil
    }
    guard bytes[length] == 0x3d else { return .lines }
    let name = bytes.extracting(0..<length)
    if name[0] == 0x5f, length > 1 { return .journalExport }
    return firstNames.contains { name.equals($0) } ? .journalExport : .lines
  }

  /// JSON objects or syslog messages with a NUL behind each.
  private static func nul(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Framing? {
    let seen = bytes.extracting(0..<min(bytes.count, lineLimit))
    let line = seen.scan(for: 0x0a)
    let stretch = seen.extracting(0..<(line ?? seen.count))
    guard let end = stretch.scan(for: 0) else {
      return line != nil || atEnd || seen.count == lineLimit ? .lines : nil
    }
    if bytes[0] == 0x7b { return bytes[end - 1] == 0x7d ? .nul : .lines }
    guard bytes.count > 1 else { return nil }
    guard FrameWalk.isDigit(bytes[1]) else { return .lines }
    guard end + 1 < bytes.count else { return atEnd ? .nul : nil }
    return bytes[end + 1] == 0x3c ? .nul : .lines
  }
}

/// Who says how a source is framed.
package enum FramingChoice: Equatable, Sendable {
  /// Its first bytes.
  case told
  /// Its first bytes, but JSON is not looked for: a format of lines was asked for.
  case text
  /// The user, by the format that was asked for.
  case fixed(Framing)

  func framing(of bytes: Span<UInt8>, atEnd: Bool) -> Framing? {
    switch self {
    case .told: return FramingSniffer.framing(of: bytes, atEnd: atEnd)
    case .text:
      let framing = FramingSniffer.framing(of: bytes, atEnd: atEnd)
      switch framing {
      case .jsonObjects, .columns, .xmlEvents: return .lines
      default: return framing
      }
    case .fixed(let framing): return framing
    }
  }
}
