import Bytes

/// JavaScript on Node.js, Deno and Bun: errors with causes and properties, and what Node.js writes
/// around an uncaught one: the place, the line of source, a caret, its version.
enum ScriptTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x28:
      if text.has("(node:", at: 0) { return .opener(.script) }
      return text.has("(Use `node ", at: 0) ? .weakPart : nil
    case 0x45: return text.equals("Error") ? .opener(.script) : nil
    case 0x4e: return text.has("Node.js v", at: 0) ? .weakPart : nil
    case 0x65: return text.has("error: Uncaught ", at: 0) ? .opener(.script) : nil
    case 0x6e: return text.has("node:", at: 0) && isPlace(text) ? .opener(.script) : nil
    default: return nil
    }
  }

  /// `/srv/app/a.js:12` or `node:internal/process/promises:288` alone on a line.
  static func isPlace(_ text: Span<UInt8>) -> Bool {
    guard text.count < 512 else { return false }
    var at = text.count
    while at > 0, text[at - 1].isDigit { at -= 1 }
    guard at > 4, text[at - 1] == 0x3a else { return false }
    let end = at - 1
    let isScript =
      text.has(".js", at: end - 3) || text.has(".mjs", at: end - 4) || text.has(".cjs", at: end - 4)
      || text.has(".ts", at: end - 3) || text.has("node:", at: 0)
    return isScript && text.scan(for: 0x20) == nil
  }

  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine, _ open: OpenEntry) -> Bool {
    guard open.stage == 1, !open.hasFrames else { return false }
    if shape.role == .opener { return shape.language == .any || shape.language == .block }
    // The line of source, then carets below what failed.
    return open.lines == 1 || isCarets(line)
  }

  private static func isCarets(_ line: Span<UInt8>) -> Bool {
    for index in 0..<line.count where line[index] != 0x5e && line[index] != 0x20 { return false }
    return line.count > 0
  }
}
