import Bytes

/// .NET: inner exceptions and the console logger, which writes its message indented below a level.
enum DotNetTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2d:
      return text.has("--- End of ", at: 0) || text.has("---> ", at: 0) ? .part : nil
    case 0x63, 0x64, 0x66, 0x69, 0x74, 0x77: return isConsoleHead(text) ? .opener(.dotNet) : nil
    default: return nil
    }
  }

  /// `fail: Shop.Cart[0]`
  private static func isConsoleHead(_ text: Span<UInt8>) -> Bool {
    guard text.count > 8, text[text.count - 1] == 0x5d, text.has(": ", at: 4) else { return false }
    let isLevel =
      text.has("info", at: 0) || text.has("warn", at: 0) || text.has("fail", at: 0)
      || text.has("crit", at: 0) || text.has("dbug", at: 0) || text.has("trce", at: 0)
    var at = text.count - 1
    while at > 6, text[at - 1].isDigit { at -= 1 }
    return isLevel && at < text.count - 1 && text[at - 1] == 0x5b
      && text.find(0x20, 6, text.count) == nil
  }
}
