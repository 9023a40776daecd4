internal import Bytes

/// What a stack trace says: exceptions with their causes, frames, and the text that came with them.
struct StackTrace {
  struct Frame {
    /// The function's name without what differs from build to build.
    var name: [UInt8]
    /// As it was written.
    var function: [UInt8]
    /// Its file, library or package, as the language gives it.
    var place: [UInt8]
    var language: FrameLanguage
    var isGenerated: Bool

    init(_ function: Span<UInt8>, _ place: Span<UInt8>, _ language: FrameLanguage) {
      name = FrameName.cleaned(function)
      self.function = TraceType.copy(function)
      self.place = TraceType.copy(place)
      self.language = language
      isGenerated = FrameName.isGenerated(function)
    }
  }

  /// One exception of the chain.
  struct Section {
    var type: [UInt8] = []
    var frames: [Frame] = []
    /// Innermost frame last, as Python writes them.
    var isReversed = false
  }

  /// Frames in a fingerprint: larger would part what differs only in who called, smaller would join what
  /// fails in a shared function.
  static let frameLimit = 8
  /// Bytes of the message.
  static let messageLimit = 512

  /// The root cause first.
  var sections: [Section] = []
  /// The lines before the frames, or behind them where the language puts the message there.
  private(set) var message: [UInt8] = []

  mutating func addMessage(_ line: Span<UInt8>) {
    guard message.count < Self.messageLimit else { return }
    if !message.isEmpty { message.append(0x20) }
    for index in 0..<min(line.count, Self.messageLimit - message.count) {
      message.append(line[index])
    }
  }

  mutating func clearMessage() { message.removeAll(keepingCapacity: true) }

  /// The fingerprint; without frames where the trace has none.
  func fingerprint(_ lists: FrameLists) -> ExceptionFingerprint {
    var frames: [Frame] = []
    for section in sections {
      frames += section.isReversed ? section.frames.reversed() : section.frames
    }
    var fingerprint = ExceptionFingerprint(
      types: sections.map(\.type).filter { !$0.isEmpty }, message: message)
    var verdicts: [FrameVerdict] = frames.map { frame in
      if frame.isGenerated { return .generated }
      return lists.framework(frame.function, frame.place, frame.language).map {
        .framework(listedAs: $0)
      } ?? .kept
    }
    if !verdicts.contains(.kept) { verdicts = verdicts.map { _ in .standsIn } }
    var seen: [[UInt8]] = []
    for (frame, verdict) in zip(frames, verdicts) {
      var verdict = verdict
      if verdict.isKept {
        if seen.contains(frame.name) {
          verdict = .repeated
        } else if seen.count == Self.frameLimit {
          verdict = .beyondLimit
        } else {
          seen.append(frame.name)
        }
      }
      fingerprint.frames.append(
        ExceptionFingerprint.Frame(
          name: frame.name, function: frame.function, place: frame.place, verdict: verdict))
    }
    return fingerprint
  }
}
