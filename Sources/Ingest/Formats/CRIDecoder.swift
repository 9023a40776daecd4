import Bytes
import Model

/// Reads the prefix of a Kubernetes container log line (the CRI logging format):
/// `2026-03-01T09:30:00.123456789Z stdout F text`.
///
/// Tag `P` says that the line goes on in the next one of its stream.
struct CRILine {
  var stamp: Stamp
  var stream: Range<Int>
  var isPartial: Bool
  /// Offset of the container's own text.
  var message: Int

  /// The prefix of `text`; nil where it is none.
  @inline(__always)
  static func read(_ text: Span<UInt8>, _ reader: StampReader) -> CRILine? {
    guard text.count > 28, text.holds(0x54, at: 10), text.holds(0x2d, at: 4),
      let blank = text.find(0x20, 19, 40),
      text.has("stdout ", at: blank + 1) || text.has("stderr ", at: blank + 1),
      let stamp = reader.read(text, 0), stamp.end == blank, stamp.hasZone
    else { return nil }
    let tag = blank + 8
    guard tag < text.count, text[tag] == 0x46 || text[tag] == 0x50 else { return nil }
    var end = tag + 1
    while end < text.count, text[end] == 0x3a || text[end].isUpper { end += 1 }
    guard end >= text.count || text[end] == 0x20 else { return nil }
    return CRILine(
      stamp: stamp, stream: (blank + 1)..<(blank + 7), isPartial: text[tag] == 0x50,
      message: min(end + 1, text.count))
  }
}
