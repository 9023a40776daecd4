import Bytes

/// Rust: panics in one line and in two (since 1.73), backtraces, the causes that `anyhow` lists.
enum RustTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x53: return text.equals("Stack backtrace:") ? .weakPart : nil
    case 0x66: return text.has("fatal runtime error: ", at: 0) ? .weakPart : nil
    case 0x6e: return text.has("note: ", at: 0) ? .weakPart : nil
    case 0x73: return text.has("stack backtrace:", at: 0) ? .weakPart : nil
    case 0x74: return text.has("thread '", at: 0) && hasPanicked(text) ? .opener(.any) : nil
    default: return nil
    }
  }

  private static func hasPanicked(_ text: Span<UInt8>) -> Bool {
    guard let quote = text.find(0x27, 8, 160) else { return false }
    return text.has(" panicked at", at: quote + 1) || text.has(" (", at: quote + 1)
      || text.has(" has overflowed its stack", at: quote + 1)
  }
}
