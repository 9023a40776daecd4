import Bytes

/// Go: panics and fatal errors with their goroutines, and the race detector's reports.
enum GoTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x3d: return text.equals("==================") ? .opener(.go) : nil
    case 0x50: return text.has("PC=0x", at: 0) ? .weakPart : nil
    case 0x53:
      let isSignal = text.has("SIG", at: 0) && text.find(0x3a, 3, 10) != nil
      return isSignal && text.digitsEnd(3) == 3 ? .opener(.go) : nil
    case 0x57: return text.equals("WARNING: DATA RACE") ? .opener(.go) : nil
    case 0x5b:
      return text.has("[signal ", at: 0) || text.has("[originating from goroutine", at: 0)
        ? .weakPart : nil
    case 0x63: return text.has("created by ", at: 0) ? .weakPart : nil
    case 0x65: return text.has("exit status ", at: 0) ? .weakPart : nil
    case 0x66: return text.has("fatal error: ", at: 0) ? .opener(.go) : nil
    case 0x67: return isGoroutine(text) ? .opener(.go) : nil
    case 0x68: return text.has("http: panic serving ", at: 0) ? .opener(.go) : nil
    case 0x70: return text.has("panic: ", at: 0) ? .opener(.go) : nil
    case 0x72: return text.has("runtime: goroutine stack exceeds", at: 0) ? .opener(.go) : nil
    case 0x75: return text.has("unexpected fault address ", at: 0) ? .opener(.go) : nil
    default: return nil
    }
  }

  private static func isGoroutine(_ text: Span<UInt8>) -> Bool {
    guard text.has("goroutine ", at: 0) else { return false }
    let end = text.digitsEnd(10)
    return end > 10 && (text.has(" [", at: end) || text.has(" gp=0x", at: end))
  }

  /// `main.f(0x1, …)`, `runtime stack:`, registers, the parts of a race's report.
  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine) -> Bool {
    if shape.role == .opener {
      return shape.language == .go && !line.has("panic: ", at: 0)
        || line.has("WARNING: ThreadSanitizer", at: 0)
    }
    guard line.count > 2 else { return false }
    switch line[0] {
    case 0x47: if line.has("Goroutine ", at: 0) { return true }
    case 0x50: if line.has("Previous ", at: 0) { return true }
    case 0x52: if line.has("Read at 0x", at: 0) { return true }
    case 0x57: if line.has("Write at 0x", at: 0) { return true }
    case 0x2e: if line.has("...", at: 0) { return true }
    case 0x72, 0x63, 0x65, 0x66, 0x67:
      if line.has("runtime stack:", at: 0) || isRegister(line) { return true }
      if line.has("runtime: ", at: 0) { return true }
    default: break
    }
    return isCall(line)
  }

  private static func isCall(_ line: Span<UInt8>) -> Bool {
    guard line[line.count - 1] == 0x29, let paren = line.find(0x28, 1, line.count),
      line[0].isLetter
    else { return false }
    return line.find(0x20, 0, paren) == nil
  }

  /// `rax    0x0`
  private static func isRegister(_ line: Span<UInt8>) -> Bool {
    let end = line.wordEnd(0)
    return end <= 6 && line.has("0x", at: line.skipBlanks(end)) && line.has("  ", at: end)
  }
}
