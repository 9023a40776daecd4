import Bytes

/// Dart and Flutter: `Unhandled exception:` with its message, then frames; Flutter's framed reports.
enum DartTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x3c: return text.has("<asynchronous suspension>", at: 0) ? .weakPart : nil
    case 0x55: return text.equals("Unhandled exception:") ? .opener(.dart) : nil
    case 0xe2:
      return text.has("\u{2550}\u{2550}\u{2561} EXCEPTION CAUGHT BY ", at: 0)
        ? .opener(.dart) : nil
    default: return nil
    }
  }

  /// The message, which may take several lines; a framed report goes on to its last rule.
  static func goesOn(_ line: Span<UInt8>, _ shape: TraceLine, _ open: OpenEntry) -> Bool {
    if open.stage == 1 { return open.lines < AssemblyLimits.framedLines }
    if shape.role == .opener, shape.language != .any { return false }
    return !open.hasFrames && open.lines < AssemblyLimits.messageLines
  }
}
