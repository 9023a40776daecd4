import Bytes
import Model

/// An entry that lines to come may belong to, and what has been joined to it.
struct OpenEntry {
  /// The stream that its lines come in; 0 for text without streams.
  var stream: UInt64
  /// Its first line among the batch's entries, and its last.
  var root: Int
  var last: Int
  var lines = 1
  /// Bytes of its joined text.
  var byteCount: Int
  /// Input offsets behind its first frame and behind its last.
  var firstEnd: Int
  var lastEnd: Int
  var time: Timestamp
  var language: TraceLanguage
  /// A frame, a cause or an opener stands in it.
  var hasTrace = false
  /// Its last line ended in a colon: the next one belongs to it.
  var expectsMore = false
  /// A trace whose language tells its end by its frames (Python, Dart, JavaScript) has had some.
  var hasFrames = false
  /// The bracket that closes the block that one of its lines has opened; 0 where none is open.
  var closer: UInt8 = 0
  /// What its language's rules remember of its first lines; 0 for nothing.
  var stage: UInt8 = 0
  /// Its last line was one that ends entries of its kind.
  var isOver = false

  /// Bytes of input that may stand before its next line.
  var gap: Int {
    if language == .parts { return AssemblyLimits.partGap }
    return lines == 1 ? AssemblyLimits.openerGap : AssemblyLimits.gap
  }

  /// Notes what a line that opens or goes on says about the entry.
  mutating func note(_ line: Span<UInt8>, _ shape: TraceLine) {
    // A blank line changes nothing.
    if line.count == 0 { return }
    switch shape.role {
    case .opener, .indentedOpener: noteOpener(line, shape)
    case .part:
      hasTrace = true
      if language == .none { language = .any }
      if language == .script || language == .dart { hasFrames = true }
    case .weakPart: if language == .dart { hasFrames = true }
    case .indented: noteIndented(line)
    case .ordinary:
      if language == .python, hasFrames { PythonTrace.noteEnd(in: &self) }
      if language == .slowQuery, SlowQuery.endsHead(line) { stage = 1 }
    }
    noteBrackets(line, shape)
    isOver = isOver || hasEnded(line)
    expectsMore =
      hasTrace && shape.role != .indented && line.count > 0 && line[line.count - 1] == 0x3a
  }

  private mutating func noteIndented(_ line: Span<UInt8>) {
    if language == .python { hasFrames = true }
    guard !hasTrace || language == .script, TraceFrame.isIn(line) else { return }
    hasTrace = true
    if language == .script { hasFrames = true }
    if language == .none || language == .block { language = .any }
  }

  private mutating func noteOpener(_ line: Span<UInt8>, _ shape: TraceLine) {
    let isFirst = !hasTrace
    if lines == 1 { stage = shape.language.firstStage(line) }
    hasTrace = hasTrace || shape.language.isFault
    if shape.language == .any {
      if language == .none || language == .python { language = .any }
      return
    }
    if shape.language == .python {
      // A traceback within a report of another kind is read by Python's rules.
      hasFrames = shape.role == .indentedOpener
      language = .python
    } else if isFirst || language == .none {
      language = shape.language
    } else if language == .python {
      language = .any
    }
  }

  private mutating func noteBrackets(_ line: Span<UInt8>, _ shape: TraceLine) {
    guard line.count > 0 else { return }
    if closer == 0 {
      switch line[line.count - 1] {
      case 0x7b: closer = 0x7d
      case 0x5b: closer = 0x5d
      default: return
      }
    } else if line[0] == closer {
      closer = 0
      if language == .block { isOver = true }
    }
  }

  private func hasEnded(_ line: Span<UInt8>) -> Bool {
    guard lines > 1 else { return false }
    switch language {
    case .go: return line.equals("==================")
    case .dart:
      return stage == 1 && line.has("\u{2550}\u{2550}\u{2550}\u{2550}\u{2550}\u{2550}", at: 0)
    case .slowQuery: return stage == 1 && SlowQuery.isEnd(line)
    default: return false
    }
  }
}
