internal import Bytes

/// Reads the stack traces that Java, .NET, JavaScript, Python, Go, Ruby, PHP, Rust, Swift, Dart, Elixir, Perl
/// and what watches over C print.
///
/// Lines are told apart by how they begin; what is no frame and no exception is passed over.
/// - Limits: the first 64 KiB and 512 lines.
struct StackTraceReader {
  static let byteLimit = 65_536
  static let lineLimit = 512

  private enum Language { case unknown, python, go, rust }

  private var trace = StackTrace()
  private var language = Language.unknown
  /// The section that frames go to.
  private var current = -1
  private var isCauseFirst = false
  private var isOver = false
  private var isIgnored = false
  /// The next line begins with what Dart calls the fault.
  private var awaitsFault = false

  static func read(_ text: Span<UInt8>) -> StackTrace {
    var reader = StackTraceReader()
    let end = min(text.count, byteLimit)
    var start = 0
    var lines = 0
    while start < end, lines < lineLimit, !reader.isOver {
      var stop = start
      while stop < end, text[stop] != 0x0a { stop += 1 }
      reader.take(text.extracting(start..<stop))
      start = stop + 1
      lines += 1
    }
    if !reader.isCauseFirst { reader.trace.sections.reverse() }
    return reader.trace
  }

  private mutating func take(_ line: Span<UInt8>) {
    var start = 0
    start = Self.prefixEnd(line)
    let first = start
    while start < line.count, line[start] <= 0x20 { start += 1 }
    var end = line.count
    while end > start, line[end - 1] <= 0x20 { end -= 1 }
    guard end > start else { return }
    let isIndented = start > first
    let text = line.extracting(start..<end)
    if let frame = FrameText.valgrind(text) {
      add(frame)
    } else if text.has("at ", at: 0) {
      if language == .rust { return }
      if let frame = FrameText.call(text.extracting(3..<text.count)) { add(frame) }
    } else if text.has("File \"", at: 0) {
      if let frame = FrameText.python(text) { add(frame) }
    } else if text.has("Caused by: ", at: 0) {
      open(TraceType.find(text.extracting(11..<text.count)))
    } else if text.has("---> ", at: 0) {
      open(TraceType.find(text.extracting(5..<text.count)))
    } else if text.has("--- End of inner exception", at: 0) {
      if current > 0 { current -= 1 }
    } else if text.has("Suppressed: ", at: 0) {
      isIgnored = true
    } else if text.has("Traceback (most recent call last)", at: 0)
      || text.has("+ Exception Group Traceback", at: 0)
    {
      language = .python
      isCauseFirst = true
      open([])
      trace.sections[current].isReversed = true
    } else if text.has("goroutine ", at: 0) {
      if language == .go, trace.sections.contains(where: { !$0.frames.isEmpty }) { isOver = true }
      language = .go
    } else if text.has("panic: ", at: 0), current < 0 {
      trace.addMessage(text)
      open(TraceType.panic(text))
    } else if text.has("stack backtrace:", at: 0) {
      language = .rust
    } else {
      takeOther(text, isIndented)
    }
  }

  /// Where a line begins behind the bar of Python's groups or Valgrind's process.
  private static func prefixEnd(_ line: Span<UInt8>) -> Int {
    var at = 0
    while at < line.count, line[at] == 0x20 { at += 1 }
    if at < line.count, line[at] == 0x7c { return min(line.count, at + 2) }
    guard at == 0, line.has("==", at: 0) else { return 0 }
    at = 2
    while at < line.count, line[at] &- 0x30 < 10 { at += 1 }
    return at > 2 && line.has("== ", at: at) ? at + 3 : 0
  }

  private mutating func takeOther(_ text: Span<UInt8>, _ isIndented: Bool) {
    switch language {
    case .go:
      if isIndented {
        markGoFrame(text)
      } else if text.has("created by ", at: 0) {
        return
      } else if text[text.count - 1] == 0x29, let frame = FrameText.go(text) {
        add(frame)
      }
      return
    case .rust:
      if let frame = FrameText.rust(text) { add(frame) }
      return
    case .python:
      guard !isIndented, current >= 0, trace.sections[current].type.isEmpty,
        !trace.sections[current].frames.isEmpty
      else { return }
      trace.sections[current].type = TraceType.python(text)
      // The last one says what went wrong in the end.
      trace.clearMessage()
      trace.addMessage(text)
      return
    case .unknown: break
    }
    if let frame = FrameText.php(text) ?? FrameText.ruby(text) {
      if trace.sections.isEmpty { trace.addMessage(text) }
      add(frame)
      // Ruby names the exception behind the first frame.
      if trace.sections[current].type.isEmpty {
        trace.sections[current].type = TraceType.inParentheses(text)
      }
    } else if let frame = Self.nativeFrame(text) {
      add(frame)
    } else if current < 0 || trace.sections[current].frames.isEmpty {
      takeHeader(text)
    }
  }

  private static func nativeFrame(_ text: Span<UInt8>) -> StackTrace.Frame? {
    FrameText.numbered(text) ?? FrameText.symbol(text) ?? FrameText.elixir(text)
      ?? FrameText.perl(text) ?? FrameText.swift(text)
  }

  private mutating func takeHeader(_ text: Span<UInt8>) {
    trace.addMessage(text)
    if text.has("thread '", at: 0) || text.has("thread \"", at: 0) {
      open(Array("panic".utf8))
      return
    }
    if text.equals("Unhandled exception:") {
      awaitsFault = true
      return
    }
    if awaitsFault {
      awaitsFault = false
      if let colon = text.firstIndex(of: 0x3a), colon < 64 {
        return open(TraceType.copy(text.extracting(0..<colon)))
      }
    }
    if current < 0 {
      let type = TraceType.native(text)
      if !type.isEmpty { return open(type) }
    }
    var rest = 0
    var causes = 0
    while rest < text.count, causes < 16 {
      causes += 1
      let found = TraceType.find(text.extracting(rest..<text.count))
      if !found.isEmpty, current < 0 || rest > 0 || trace.sections[current].type.isEmpty {
        open(found)
      }
      // `Outer: why ---> Inner: why`
      guard let arrow = Self.arrow(in: text, from: rest) else { break }
      rest = arrow
    }
  }

  private static func arrow(in text: Span<UInt8>, from: Int) -> Int? {
    var at = from
    while at + 6 <= text.count {
      if text[at] == 0x20, text.has(" ---> ", at: at) { return at + 6 }
      at += 1
    }
    return nil
  }

  private mutating func open(_ type: [UInt8]) {
    isIgnored = false
    trace.sections.append(StackTrace.Section(type: type))
    current = trace.sections.count - 1
  }

  private mutating func add(_ frame: StackTrace.Frame) {
    if isIgnored { return }
    if current < 0 { open([]) }
    trace.sections[current].frames.append(frame)
  }

  /// The file under a Go frame tells whether the frame is the library's.
  private mutating func markGoFrame(_ text: Span<UInt8>) {
    guard current >= 0, !trace.sections[current].frames.isEmpty else { return }
    let last = trace.sections[current].frames.count - 1
    trace.sections[current].frames[last].place = TraceType.copy(text)
  }
}
