internal import Bytes

/// Terminal control sequences in log texts (ECMA-48 section 5.4, xterm's operating system commands).
enum TerminalColours {
  static let escape: UInt8 = 0x1b

  /// Copies `text` without its control sequences; an escape that opens none stays.
  static func strip(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    var from = 0
    while let at = text.scan(for: escape, from: from) {
      out.write(text.extracting(from..<at))
      let end = sequenceEnd(text, from: at)
      if end == at {
        out.write(escape)
        from = at + 1
      } else {
        from = end
      }
    }
    out.write(text.extracting(min(from, text.count)...))
  }

  /// Where the sequence that the escape at `start` opens ends; `start` where it is none.
  private static func sequenceEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    guard start + 1 < text.count else { return start }
    var at = start + 2
    switch text[start + 1] {
    case 0x5b:
      while at < text.count, (0x20...0x3f).contains(text[at]) { at += 1 }
      return at < text.count && (0x40...0x7e).contains(text[at]) ? at + 1 : start
    case 0x5d:
      let limit = min(text.count, at + 256)
      while at < limit, text[at] >= 0x20 { at += 1 }
      if at < limit, text[at] == 0x07 { return at + 1 }
      if at + 1 < limit, text[at] == escape, text[at + 1] == 0x5c { return at + 2 }
      return start
    default: return start
    }
  }
}
