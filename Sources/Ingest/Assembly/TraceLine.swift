import Bytes

/// What a line may be within a stack trace, told by its own bytes.
///
/// The shapes are those of Java, Python, Go, JavaScript, Ruby, PHP, .NET, Rust, Swift and Dart.
enum TraceLine: UInt8 {
  case ordinary
  /// Begins with a blank or tab.
  case indented
  /// Belongs to a trace before it wherever it stands: `Caused by: …`, `at f(g.java:1)`, `... 3 more`.
  case part
  /// Belongs to a trace only where one is open: `#0 main`, `note: …`, `created by …`.
  case weakPart
  /// May open a trace: `panic: …`, `java.lang.X: …`, `Traceback …`.
  case opener
  /// Opens Python's, whose last line looks like any other.
  case pythonOpener
  /// Opens Go's, whose function lines look like calls.
  case goOpener
  /// Opens Swift's crash report.
  case swiftOpener
  /// Opens Dart's: `Unhandled exception:` alone.
  case dartOpener

  var isOpener: Bool { rawValue >= TraceLine.opener.rawValue }

  /// What `text` may be. A few nanoseconds for ordinary lines: one switch, one look for an `E`.
  @inline(__always)
  static func read(_ text: Span<UInt8>) -> TraceLine {
    guard text.count > 0 else { return .indented }
    let first = text[0]
    if first.isBlank { return indentedLine(text) }
    let found = byFirst(text, first)
    if found != .ordinary { return found }
    return ExceptionName.isIn(text) ? .opener : .ordinary
  }

  private static func indentedLine(_ text: Span<UInt8>) -> TraceLine {
    // One blank and an exception's name: how Rails begins a report.
    if text.count > 2, text[0] == 0x20, !text[1].isBlank, ExceptionName.begins(text, 1) {
      return .opener
    }
    return .indented
  }

  /// Whether an indented line is a frame of a trace: `at f(g.java:1)`, `File "a.py", line 1`,
  /// `from a.rb:1:in`, `a.go:12 +0x1`.
  static func isFrame(_ text: Span<UInt8>) -> Bool {
    let at = text.skipBlanks(0)
    guard at > 0, at + 4 < text.count else { return false }
    switch text[at] {
    case 0x61: return text.has("at ", at: at) && hasPlace(text)
    case 0x46: return text.has("File \"", at: at)
    case 0x66: return text.has("from ", at: at) && text.find(0x3a, at, text.count) != nil
    default: return text.find(0x2b, at, text.count).map { text.has("+0x", at: $0) } ?? false
    }
  }

  @inline(__always)
  private static func byFirst(_ text: Span<UInt8>, _ first: UInt8) -> TraceLine {
    switch first {
    case 0x2e: return text.has("... ", at: 0) ? dots(text) : .ordinary
    case 0x23: return text.count > 2 && text[1].isDigit ? .weakPart : .ordinary
    case 0x2d: return text.has("--- End of ", at: 0) || text.has("---> ", at: 0) ? .part : .ordinary
    case 0x2a: return crash(text)
    case 0x3c: return text.has("<asynchronous suspension>", at: 0) ? .weakPart : .ordinary
    case 0x43: return text.has("Caused by: ", at: 0) ? .part : .ordinary
    case 0x53:
      if text.has("Suppressed: ", at: 0) { return .part }
      return text.has("Stack trace:", at: 0) ? .weakPart : .ordinary
    case 0x44:
      return text.has("During handling of the above exception", at: 0) ? .weakPart : .ordinary
    case 0x54:
      if text.has("Traceback (most recent call last)", at: 0) { return .pythonOpener }
      if text.has("The above exception was the direct", at: 0) { return .weakPart }
      return text.has("Thread ", at: 0) ? .weakPart : .ordinary
    case 0x55:
      if text.equals("Unhandled exception:") { return .dartOpener }
      return text.has("Unhandled ", at: 0) || text.has("Uncaught ", at: 0) ? .opener : .ordinary
    case 0x45: return text.has("Exception in thread ", at: 0) ? .opener : .ordinary
    case 0x46: return text.has("Fatal error: ", at: 0) ? .swiftOpener : .ordinary
    case 0x50: return text.has("PHP Fatal error: ", at: 0) ? .opener : .ordinary
    case 0x61: return text.has("at ", at: 0) && hasPlace(text) ? .part : .ordinary
    case 0x63: return text.has("created by ", at: 0) ? .weakPart : .ordinary
    case 0x65: return text.has("exit status ", at: 0) ? .weakPart : .ordinary
    case 0x66: return text.has("fatal error: ", at: 0) ? .goOpener : .ordinary
    case 0x67: return isGoroutine(text) ? .goOpener : .ordinary
    case 0x6e: return text.has("note: ", at: 0) ? .weakPart : .ordinary
    case 0x70: return text.has("panic: ", at: 0) ? .goOpener : .ordinary
    case 0x73: return text.has("stack backtrace:", at: 0) ? .weakPart : .ordinary
    case 0x74: return text.has("thread '", at: 0) && hasPanicked(text) ? .opener : .ordinary
    case 0x5b: return text.has("[signal ", at: 0) ? .weakPart : .ordinary
    case 0xf0: return text.has("\u{1F4A3} Program crashed", at: 0) ? .swiftOpener : .ordinary
    default: return .ordinary
    }
  }

  /// `... 12 more`, `... 27 common frames omitted`.
  private static func dots(_ text: Span<UInt8>) -> TraceLine {
    text.count > 4 && text[4].isDigit ? .part : .ordinary
  }

  private static func crash(_ text: Span<UInt8>) -> TraceLine {
    text.has("*** Program crashed", at: 0) || text.has("*** Signal ", at: 0)
      ? .swiftOpener : .ordinary
  }

  private static func isGoroutine(_ text: Span<UInt8>) -> Bool {
    guard text.has("goroutine ", at: 0) else { return false }
    let end = text.digitsEnd(10)
    return end > 10 && text.has(" [", at: end)
  }

  private static func hasPanicked(_ text: Span<UInt8>) -> Bool {
    guard let quote = text.find(0x27, 8, 160) else { return false }
    return text.has(" panicked at", at: quote + 1) || text.has(" (", at: quote + 1)
  }

  /// Whether an `at …` line ends in a place: `(File.java:12)`, `file.js:1:2`.
  private static func hasPlace(_ text: Span<UInt8>) -> Bool {
    let last = text[text.count - 1]
    return last == 0x29 || last.isDigit && text.find(0x3a, 3, text.count) != nil
  }
}
