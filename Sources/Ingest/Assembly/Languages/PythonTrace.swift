import Bytes

/// Python: tracebacks with their causes, groups of exceptions, errors of syntax, fatal errors, and the
/// reports of `logging`, `threading` and `asyncio` around them.
///
/// The last line of a traceback looks like any other: it is the first that is not indented behind frames.
enum PythonTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2d: return text.equals("--- Logging error ---") ? .opener(.python) : nil
    case 0x43:
      return text.equals("Call stack:") || text.has("Current thread 0x", at: 0) ? .weakPart : nil
    case 0x44:
      return text.has("During handling of the above exception", at: 0) ? .weakPart : nil
    case 0x45:
      return text.has("Exception ignored in", at: 0) || text.has("Exception in thread ", at: 0)
        ? .opener(.python) : nil
    case 0x46: return text.has("Fatal Python error: ", at: 0) ? .opener(.python) : nil
    case 0x54:
      if text.has("Traceback (most recent call ", at: 0) { return .opener(.python) }
      if text.has("The above exception was the direct", at: 0) { return .weakPart }
      if text.has("Task exception was never retrieved", at: 0) { return .opener(.python) }
      return text.has("Thread ", at: 0) ? .weakPart : nil
    default: return nil
    }
  }

  /// `  + Exception Group Traceback (most recent call last):`, and the place of an error of syntax.
  ///
  /// All lines of a group are indented; behind the other stands one that is not.
  static func opener(indented text: Span<UInt8>) -> TraceLine? {
    guard text.count > 12, text[1].isBlank else { return nil }
    if text[2] == 0x2b {
      return text.has("  + Exception Group Traceback", at: 0)
        ? TraceLine(role: .indentedOpener, language: .any) : nil
    }
    guard text[2] == 0x46, text.has("  File \"", at: 0), let quote = text.find(0x22, 8, text.count),
      text.has(", line ", at: quote + 1)
    else { return nil }
    return TraceLine(role: .indentedOpener, language: .python)
  }

  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine, _ open: OpenEntry) -> Bool {
    if shape.role == .opener {
      if shape.language == .python { return !open.hasFrames && line[0] == 0x54 }
      return open.hasFrames
    }
    if open.hasFrames { return true }
    return line.has("future: <", at: 0) || line.has("Message: ", at: 0)
      || line.has("Arguments: ", at: 0) || line.has("Python runtime state: ", at: 0)
      || line.has("handle: <", at: 0) || line.has("Extension modules: ", at: 0)
  }

  /// The traceback's last line was read. Only a cause or a group's next part, which tell by themselves,
  /// may follow, and what `logging` says behind a traceback of its own.
  static func noteEnd(in open: inout OpenEntry) {
    open.hasFrames = false
    if open.stage == 0 { open.language = .any }
  }
}
