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
    case 0x7b, 0x3c: return nul(bytes, atEnd)
    default: return .lines
    }
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
