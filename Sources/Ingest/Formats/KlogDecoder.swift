import Bytes
import Flow
import Model

/// Decodes klog's and glog's lines: `I0507 11:59:44.523502    4727 server.go:187] text`, also with a
/// full date (`I20260301 …`).
struct KlogDecoder {
  private let reader: StampReader

  init(_ reader: StampReader) { self.reader = reader }

  /// Fills `entry` from a line; false where it is not klog's, with nothing changed.
  func decode(_ text: FrameText, into entry: inout Entry, in batch: Batch) -> Bool {
    let bytes = text.bytes
    guard bytes.count > 24, let severity = severity(bytes[0]) else { return false }
    let dateEnd = bytes.digitsEnd(1)
    var parts = StampParts()
    switch dateEnd {
    case 5: parts.isYearless = true
    case 9: parts.year = bytes.digits(1, 4)
    default: return false
    }
    parts.month = bytes.digits(dateEnd - 4, 2)
    parts.day = bytes.digits(dateEnd - 2, 2)
    guard bytes[dateEnd] == 0x20, parts.month > 0, parts.day > 0,
      parts.readTime(bytes, dateEnd + 1), bytes.holds(0x20, at: parts.end),
      let stamp = reader.stamp(bytes, parts)
    else { return false }
    let threadStart = bytes.skipBlanks(parts.end)
    let threadEnd = bytes.digitsEnd(threadStart)
    guard threadEnd > threadStart, bytes.holds(0x20, at: threadEnd),
      let close = bytes.find(0x5d, threadEnd, threadEnd + 200)
    else { return false }
    var colon = close
    while colon > threadEnd, bytes[colon - 1].isDigit { colon -= 1 }
    guard colon < close, bytes[colon - 1] == 0x3a else { return false }

    entry.time = stamp.time
    entry.timeDigits = stamp.digits
    entry.timeSource = .stamp
    entry.severity = severity
    entry.severitySource = .field
    batch.fields.append(
      Field(TextFields.threadID, text.range(threadStart, threadEnd), kind: .number))
    batch.fields.append(
      Field(TextFields.codeFile, text.range(bytes.skipBlanks(threadEnd), colon - 1)))
    batch.fields.append(Field(TextFields.codeLine, text.range(colon, close), kind: .number))
    entry.message = text.range(min(bytes.skipBlanks(close + 1), text.count), text.count)
    return true
  }

  private func severity(_ letter: UInt8) -> Severity? {
    switch letter {
    case 0x49: .info
    case 0x57: .warning
    case 0x45: .error
    case 0x46: .critical
    case 0x44: .debug
    default: nil
    }
  }
}
