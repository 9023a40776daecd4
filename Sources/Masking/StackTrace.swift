internal import Bytes

/// What a stack trace says: exceptions with their causes, and frames.
struct StackTrace {
  struct Frame {
    var name: [UInt8]
    /// Of the language's library or a well-known framework.
    var isFramework: Bool
  }

  /// One exception of the chain.
  struct Section {
    var type: [UInt8] = []
    var frames: [Frame] = []
    /// Innermost frame last, as Python writes them.
    var isReversed = false
  }

  static let frameLimit = 8

  /// The root cause first.
  var sections: [Section] = []

  /// Types, then frames of the application, innermost first, each once, joined by ` <- `; empty where no
  /// frame was found. Frames of frameworks stand in only where there are no others.
  func text(into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    var frames: [Frame] = []
    for section in sections {
      frames += section.isReversed ? section.frames.reversed() : section.frames
    }
    guard !frames.isEmpty else { return }
    for section in sections where !section.type.isEmpty { Self.append(section.type, to: &out) }
    let own = frames.filter { !$0.isFramework }
    var seen: [[UInt8]] = []
    for frame in own.isEmpty ? frames : own {
      if seen.count == Self.frameLimit { break }
      if seen.contains(frame.name) { continue }
      seen.append(frame.name)
      Self.append(frame.name, to: &out)
    }
  }

  private static func append(_ text: [UInt8], to out: inout [UInt8]) {
    if !out.isEmpty { out += " <- ".utf8 }
    out += text
  }
}
