internal import Bytes

/// Octet counting (RFC 6587 section 3.4.1): `LENGTH SP MESSAGE`, the length in decimal digits.
///
/// A message that begins with `<` instead of a length ends at a line feed (section 3.4.2), as some
/// senders mix both. Line ends between frames are passed over.
/// - Limits: lengths of 1 to 7 digits. What is neither is broken up to its line feed, the next
///   `LENGTH SP <`, or 4,096 bytes, whichever comes first.
enum OctetFrame {
  private static let brokenLimit = 4096

  private enum Header {
    case counted(start: Int, count: Int)
    case none
    /// The bytes end before it can be told.
    case open
  }

  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool) -> Frame? {
    var start = from
    while start < bytes.count, bytes[start] == 0x0a || bytes[start] == 0x0d || bytes[start] == 0 {
      start += 1
    }
    guard start < bytes.count else { return nil }
    if bytes[start] == 0x3c {
      let found = bytes.scan(for: 0x0a, from: start)
      guard let end = found ?? (atEnd ? bytes.count : nil) else { return nil }
      return Frame(
        FrameWalk.trimmed(bytes, start..<end), next: found == nil ? end : end + 1)
    }
    switch header(bytes, at: start) {
    case .counted(let body, let count):
      let end = body + count
      if end <= bytes.count { return Frame(FrameWalk.trimmed(bytes, body..<end), next: end) }
      return atEnd ? Frame(body..<bytes.count, next: bytes.count, kind: .cut) : nil
    case .open where !atEnd: return nil
    case .open, .none: return broken(bytes, from: start, atEnd: atEnd)
    }
  }

  /// Where the frame that begins at `from` ends by its own count; nil where it has none.
  static func countedEnd(_ bytes: Span<UInt8>, from: Int) -> Int? {
    var start = from
    while start < bytes.count, bytes[start] == 0x0a || bytes[start] == 0x0d || bytes[start] == 0 {
      start += 1
    }
    guard case .counted(let body, let count) = header(bytes, at: start) else { return nil }
    return body + count
  }

  private static func header(_ bytes: Span<UInt8>, at start: Int) -> Header {
    var at = start
    var count = 0
    while at < bytes.count, at - start < 7, FrameWalk.isDigit(bytes[at]) {
      count = count * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    guard at > start || at == bytes.count else { return .none }
    guard start < bytes.count, bytes[start] != 0x30 else { return .none }
    guard at < bytes.count else { return .open }
    guard bytes[at] == 0x20 else { return .none }
    guard at + 1 < bytes.count else { return .open }
    return bytes[at + 1] == 0x3c ? .counted(start: at + 1, count: count) : .none
  }

  private static func broken(_ bytes: Span<UInt8>, from start: Int, atEnd: Bool) -> Frame? {
    var at = start
    while at < bytes.count {
      if at - start >= brokenLimit { return frame(bytes, start, at) }
      if bytes[at] == 0x0a { return frame(bytes, start, at + 1) }
      if at > start, FrameWalk.isDigit(bytes[at]), !FrameWalk.isDigit(bytes[at - 1]) {
        switch header(bytes, at: at) {
        case .counted: return frame(bytes, start, at)
        case .open where !atEnd: return nil
        case .open, .none: break
        }
      }
      at += 1
    }
    return atEnd ? frame(bytes, start, at) : nil
  }

  private static func frame(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Frame {
    Frame(FrameWalk.trimmed(bytes, start..<end), next: end, kind: .broken)
  }
}
