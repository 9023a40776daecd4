import Bytes
import Model

/// Decides whether a line belongs to an open entry.
enum JoinRule {
  /// Whether `line` belongs to `open` by its shape; limits are another matter.
  ///
  /// - Parameters:
  ///   - isHeaded: the open entry's first line had a stamp or header, and this one has none.
  ///   - severity: the open entry's level.
  static func belongs(
    _ line: Span<UInt8>, _ shape: TraceLine, to open: OpenEntry, isHeaded: Bool,
    severity: Severity
  ) -> Bool {
    let isTrace = open.kind != .text || open.hasTrace
    if open.expectsMore, isTrace, shape != .swiftOpener, shape != .dartOpener { return true }
    switch shape {
    case .indented: return isTrace || open.stream == 0
    case .part: return isTrace || isHeaded
    case .weakPart: return isTrace
    case .opener:
      if open.kind == .dart { return isOrdinaryPart(line, of: open) }
      if !isTrace, open.lines == 1, isHeaded, severity >= .warning { return true }
      return open.kind == .python && open.hasFrames
    case .pythonOpener:
      return !isTrace && open.lines == 1 && isHeaded && severity >= .warning
    case .goOpener:
      if open.kind == .go { return !line.has("panic: ", at: 0) }
      return isTrace && line.has("goroutine ", at: 0)
    case .swiftOpener: return open.kind == .swift
    case .dartOpener: return false
    case .ordinary: return isOrdinaryPart(line, of: open)
    }
  }

  /// Lines that only their trace's language tells.
  private static func isOrdinaryPart(_ line: Span<UInt8>, of open: OpenEntry) -> Bool {
    switch open.kind {
    case .python: return open.hasFrames
    case .go: return isGoLine(line)
    case .swift: return isSwiftLine(line)
    case .dart: return !open.hasFrames && open.lines < AssemblyLimits.messageLines
    case .text, .trace, .parts: return false
    }
  }

  /// `main.f(0x1, …)`, `runtime stack:`.
  private static func isGoLine(_ line: Span<UInt8>) -> Bool {
    guard line.count > 2 else { return false }
    if line.has("runtime stack:", at: 0) { return true }
    guard line[line.count - 1] == 0x29, let open = line.find(0x28, 1, line.count),
      line[0].isLetter
    else { return false }
    return line.find(0x20, 0, open) == nil
  }

  private static func isSwiftLine(_ line: Span<UInt8>) -> Bool {
    line.has("Platform: ", at: 0) || line.has("Registers:", at: 0) || line.has("Images (", at: 0)
      || line.has("Backtrace took ", at: 0) || line.has("Crash", at: 0)
      || line.has("Illegal instruction", at: 0)
      || line.count > 1 && line[0].isDigit
        && line[1].isBlank
  }
}
