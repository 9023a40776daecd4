import Bytes

/// Swift: fatal errors with their stack, and the crash reports of Swift 5.9 and later.
enum SwiftTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2a:
      return text.has("*** Program crashed", at: 0) || text.has("*** Signal ", at: 0)
        ? .opener(.swift) : nil
    case 0x43: return text.has("Current stack trace:", at: 0) ? .weakPart : nil
    case 0x46: return text.has("Fatal error: ", at: 0) ? .opener(.swift) : nil
    case 0xf0: return text.has("\u{1F4A3} Program crashed", at: 0) ? .opener(.swift) : nil
    default: return nil
    }
  }

  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine) -> Bool {
    if shape.role == .opener { return shape.language == .swift }
    return line.has("Platform: ", at: 0) || line.has("Registers:", at: 0)
      || line.has("Images (", at: 0) || line.has("Backtrac", at: 0) || line.has("Crash", at: 0)
      || line.has("Illegal instruction", at: 0) || line.has("Trace/breakpoint trap", at: 0)
      || line.has("Aborted (core", at: 0)
      || line.wordEnd(0) < 5 && line.has(" 0x", at: line.wordEnd(0)) || isFrame(line)
  }

  /// `3 main() + 12 in app at /src/main.swift:4:3`
  private static func isFrame(_ line: Span<UInt8>) -> Bool {
    let end = line.digitsEnd(0)
    return end > 0 && end < line.count && line[end].isBlank
  }

  /// Whether a line with a header of its own repeats the fatal error of the line before it: Darwin writes
  /// it to stderr and to the system's log, and a terminal shows both.
  static func repeats(_ line: Span<UInt8>, _ first: Span<UInt8>) -> Bool {
    guard first.count > 16, line.count > first.count else { return false }
    return line.extracting((line.count - first.count)...).equals(first)
  }
}
