internal import Bytes
internal import Model

/// Whether a frame is part of a fingerprint, and if not, why.
package enum FrameVerdict: Equatable, Sendable {
  case kept
  /// A framework's, but there are no others.
  case standsIn
  /// A library's or framework's, by this entry of the list.
  case framework(listedAs: [UInt8])
  /// Made by a proxy or at run time.
  case generated
  /// Named already: recursion, or a frame of two exceptions.
  case repeated
  /// Behind the eighth.
  case beyondLimit

  package var isKept: Bool { self == .kept || self == .standsIn }
}

/// What stands for an exception: its chain of types, the root cause first, and frames of the application.
///
/// `java.lang.IllegalStateException <- com.acme.OrderBook.match <- com.acme.Engine.run` is its text, and
/// the first level of grouping; the message is the second.
package struct ExceptionFingerprint: Sendable {
  package struct Frame: Sendable {
    /// Without what differs from build to build.
    package var name: [UInt8]
    /// As it was written.
    package var function: [UInt8]
    package var place: [UInt8]
    package var verdict: FrameVerdict
  }

  /// The root cause's first.
  package var types: [[UInt8]]
  /// Innermost first.
  package var frames: [Frame] = []
  /// What was said along with the trace, in one line.
  package var message: [UInt8]

  /// Types and kept frames, joined by ` <- `; empty where no frame was found.
  package var text: [UInt8] {
    guard !frames.isEmpty else { return [] }
    let parts = types + frames.filter(\.verdict.isKept).map(\.name)
    let text = Array(parts.joined(separator: Array(" <- ".utf8)))
    // What looks like a wildcard is a name.
    return Wildcard.escaped(text)
  }
}
