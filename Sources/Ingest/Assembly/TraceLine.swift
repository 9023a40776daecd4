import Bytes

/// What a line may be within an entry of several lines, told by its own bytes.
struct TraceLine: Equatable {
  enum Role: UInt8 {
    case ordinary
    /// Begins with a blank or tab.
    case indented
    /// Belongs to a trace before it wherever it stands: `Caused by: …`, `at f(g.java:1)`, `... 3 more`.
    case part
    /// Belongs to a trace only where one is open: `#0 main`, `note: …`, `created by …`.
    case weakPart
    /// May open a trace: `panic: …`, `java.lang.X: …`, `Traceback …`.
    case opener
    /// Opens one where none is open, else it is an indented line.
    case indentedOpener
  }

  var role: Role
  var language: TraceLanguage

  static let ordinary = TraceLine(role: .ordinary, language: .none)
  static let indented = TraceLine(role: .indented, language: .none)
  static let part = TraceLine(role: .part, language: .any)
  static let weakPart = TraceLine(role: .weakPart, language: .any)

  @inline(__always)
  static func opener(_ language: TraceLanguage) -> TraceLine {
    TraceLine(role: .opener, language: language)
  }

  @inline(__always) var isOpener: Bool { role == .opener || role == .indentedOpener }

  /// What `text` may be. A few nanoseconds for ordinary lines: a switch over the first byte, a look at
  /// the last and at the end of the first word, a search for an `E`.
  @inline(__always)
  static func read(_ text: Span<UInt8>) -> TraceLine {
    guard text.count > 0 else { return .indented }
    let first = text[0]
    if first.isBlank { return indentedLine(text) }
    if let found = byFirst(text, first) ?? byLast(text) ?? byFirstWord(text) { return found }
    return ExceptionName.isIn(text) ? .opener(.any) : .ordinary
  }

  private static func indentedLine(_ text: Span<UInt8>) -> TraceLine {
    // One blank and an exception's name: how Rails begins a report.
    if text.count > 2, text[0] == 0x20, !text[1].isBlank, ExceptionName.begins(text, 1) {
      return .opener(.any)
    }
    return PythonTrace.opener(indented: text) ?? .indented
  }

  /// The languages whose lines begin with `first`, each asked in its turn.
  @inline(__always)
  private static func byFirst(_ text: Span<UInt8>, _ first: UInt8) -> TraceLine? {
    switch first {
    case 0x22, 0x2e, 0x41, 0x43, 0x45, 0x61:  // " . A C E a
      JavaTrace.read(text) ?? readOther(text, first)
    case 0x23: PHPTrace.read(text) ?? SlowQuery.read(text) ?? JavaTrace.read(text)  // #
    case 0x28, 0x4e: ScriptTrace.read(text) ?? PHPTrace.read(text)  // ( N
    case 0x2a: SwiftTrace.read(text) ?? NativeTrace.read(text) ?? ErlangTrace.read(text)  // *
    case 0x2d: DotNetTrace.read(text) ?? PythonTrace.read(text) ?? RubyTrace.read(text)  // -
    case 0x3c: DartTrace.read(text)  // <
    case 0x3d: NativeTrace.read(text) ?? GoTrace.read(text) ?? ErlangTrace.read(text)  // =
    case 0x46: readFatal(text)  // F
    case 0x5b: GoTrace.read(text) ?? PHPTrace.read(text)  // [
    case 0x44, 0x54:  // D T
      PythonTrace.read(text) ?? RubyTrace.read(text) ?? NativeTrace.read(text)
    case 0x50: PHPTrace.read(text) ?? NativeTrace.read(text) ?? GoTrace.read(text)  // P
    case 0x53: readStack(text)  // S
    case 0x55: DartTrace.read(text) ?? readUncaught(text)  // U
    case 0x57: JavaTrace.read(text) ?? GoTrace.read(text) ?? NativeTrace.read(text)  // W
    case 0x63: GoTrace.read(text) ?? DotNetTrace.read(text)  // c
    case 0x64, 0x69, 0x77: DotNetTrace.read(text)  // d i w
    case 0x65: GoTrace.read(text) ?? ScriptTrace.read(text)  // e
    case 0x66: GoTrace.read(text) ?? RustTrace.read(text) ?? DotNetTrace.read(text)  // f
    case 0x67, 0x68, 0x70, 0x72, 0x75: GoTrace.read(text)  // g h p r u
    case 0x6e: RustTrace.read(text) ?? ScriptTrace.read(text)  // n
    case 0x73: RustTrace.read(text)  // s
    case 0x74: RustTrace.read(text) ?? NativeTrace.read(text) ?? DotNetTrace.read(text)  // t
    case 0xe2: DartTrace.read(text)  // ═
    case 0xf0: SwiftTrace.read(text)
    default: nil
    }
  }

  private static func readOther(_ text: Span<UInt8>, _ first: UInt8) -> TraceLine? {
    switch first {
    case 0x22: PHPTrace.read(text)
    case 0x41: NativeTrace.read(text)
    case 0x43: PythonTrace.read(text) ?? PerlTrace.read(text) ?? SwiftTrace.read(text)
    case 0x45: PythonTrace.read(text) ?? ErlangTrace.read(text) ?? ScriptTrace.read(text)
    default: nil
    }
  }

  private static func readFatal(_ text: Span<UInt8>) -> TraceLine? {
    PHPTrace.read(text) ?? SwiftTrace.read(text) ?? PythonTrace.read(text) ?? JavaTrace.read(text)
  }

  private static func readStack(_ text: Span<UInt8>) -> TraceLine? {
    JavaTrace.read(text) ?? PHPTrace.read(text) ?? RustTrace.read(text) ?? GoTrace.read(text)
      ?? NativeTrace.read(text)
  }

  private static func readUncaught(_ text: Span<UInt8>) -> TraceLine? {
    text.has("Unhandled ", at: 0) || text.has("Uncaught ", at: 0) ? .opener(.any) : nil
  }

  /// What the last byte tells.
  @inline(__always)
  private static func byLast(_ text: Span<UInt8>) -> TraceLine? {
    let last = text[text.count - 1]
    switch last {
    case 0x7b, 0x5b: return .opener(.block)
    case 0x2e: return PerlTrace.endsInPlace(text) ? .opener(.perl) : nil
    case 0x30...0x39: return ScriptTrace.isPlace(text) ? .opener(.script) : nil
    default: return nil
    }
  }

  /// A first word such as `a.swift:13:` or `a.rb:1:in`.
  @inline(__always)
  private static func byFirstWord(_ text: Span<UInt8>) -> TraceLine? {
    guard let end = text.scan(for: 0x20), end > 3 else { return nil }
    let last = text[end - 1]
    if last == 0x3a {
      if text[end - 2].isDigit {
        return text.has("Fatal error: ", at: end + 1) ? .opener(.swift) : nil
      }
      return ExceptionName.isQualified(text, end - 1) ? .opener(.any) : nil
    }
    return last == 0x6e && text.has(":in", at: end - 3) ? RubyTrace.frame(text, end) : nil
  }
}
