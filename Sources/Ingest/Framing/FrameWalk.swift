internal import Bytes
package import Model

/// Goes from frame to frame through the bytes of a source, for every framing.
///
/// A pure function of the bytes from a frame's start on; each frame takes at least one byte, so a walk
/// ends. Cost: one pass over the frame.
package enum FrameWalk {
  /// The frame that begins at `from`.
  ///
  /// - Parameters:
  ///   - atEnd: nothing comes behind `bytes`, so that what stands at their end is a frame; a batch ends
  ///     at a frame's end, so a decoder says true.
  ///   - isWhole: the bytes end at a frame's end, and none of them is missing.
  ///   - limit: a longer body is cut to so many bytes.
  /// - Returns: nil where the bytes end before the frame does (`atEnd` false) or hold no more frames.
  package static func next(
    _ framing: Framing, _ bytes: Span<UInt8>, from: Int, atEnd: Bool, isWhole: Bool = false,
    limit: Int = .max
  ) -> Frame? {
    guard from >= 0, from < bytes.count else { return nil }
    let found =
      switch framing {
      case .lines, .columns: delimited(bytes, from, by: 0x0a, atEnd)
      case .csv: CSVFrame.next(bytes, from: from, atEnd: atEnd)
      case .nul: delimited(bytes, from, by: 0, atEnd)
      case .octetCounted: OctetFrame.next(bytes, from: from, atEnd: atEnd)
      case .journalExport:
        JournalExportFrame.next(bytes, from: from, atEnd: atEnd, isWhole: isWhole)
      case .jsonSequence: JSONSequenceFrame.next(bytes, from: from, atEnd: atEnd)
      case .xmlEvents: XMLEventFrame.next(bytes, from: from, atEnd: atEnd)
      case .jsonObjects: JSONObjectFrame.next(bytes, from: from, atEnd: atEnd)
      case .journalEntries:
        bytes.count - from >= JournalReference.size
          ? Frame(from..<(from + JournalReference.size), next: from + JournalReference.size) : nil
      }
    guard var frame = found else { return nil }
    if frame.body.count > limit {
      frame.body = frame.body.lowerBound..<(frame.body.lowerBound + limit)
      frame.kind = .cut
    }
    return frame
  }

  private static func delimited(
    _ bytes: Span<UInt8>, _ from: Int, by delimiter: UInt8, _ atEnd: Bool
  ) -> Frame? {
    let found = bytes.scan(for: delimiter, from: from)
    guard let end = found ?? (atEnd ? bytes.count : nil) else { return nil }
    let next = found == nil ? end : end + 1
    var body = from..<end
    if delimiter == 0 {
      body = trimmed(bytes, body)
    } else if !body.isEmpty, bytes[end - 1] == 0x0d {
      body = from..<(end - 1)
    }
    return Frame(body, next: next, kind: isBlank(bytes, body) ? .blank : .body)
  }

  /// Whether a stretch holds nothing but white space.
  static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where !bytes[index].isSpace { return false }
    return true
  }

  /// The stretch without line ends around it.
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start] == 0x0a || bytes[start] == 0x0d { start += 1 }
    while end > start, bytes[end - 1] == 0x0a || bytes[end - 1] == 0x0d { end -= 1 }
    return start..<end
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
