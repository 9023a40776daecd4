import Bytes
import Model

/// Finds the stamp that a line begins with, in brackets or behind a short prefix.
struct LeadingStamp {
  var stamp: Stamp
  /// Offset behind the stamp and the bracket that closes it.
  var end: Int
  /// A level that stood before the stamp.
  var severity: Severity?
  /// The line is a record of columns: a number, a dash or a word in capitals, then an epoch.
  var isColumnar = false
  /// Process id that stood before the stamp or in its bracket, or -1.
  var process: Int32 = -1
  /// Prose stood before the stamp, so that the message is the whole line.
  var keepsPrefix = false

  /// How far into a line a stamp may start.
  private static let reach = 96
  private static let tokenLimit = 5

  /// The stamp at the start of `text`, or nil.
  static func find(_ text: Span<UInt8>, _ reader: StampReader) -> LeadingStamp? {
    let start = text.skipBlanks(0)
    guard start < text.count, start <= 1 else { return nil }
    if let found = at(text, start, reader) { return found }
    return behindPrefix(text, start, reader)
  }

  /// The stamp at `at`, bare or in a bracket.
  @inline(__always)
  private static func at(
    _ text: Span<UInt8>, _ at: Int, _ reader: StampReader
  ) -> LeadingStamp? {
    let first = text[at]
    let isBracketed = first == 0x5b || first == 0x28 || first == 0x3c
    guard let stamp = reader.read(text, isBracketed ? at + 1 : at) else { return nil }
    var end = stamp.end
    guard end < text.count else { return LeadingStamp(stamp: stamp, end: end) }
    if isBracketed {
      let next = text[end]
      if next == 0x5d || next == 0x29 || next == 0x3e {
        end += 1
      } else if !next.isBlank {
        return nil
      } else if text.has(" #", at: end), let close = text.find(0x5d, end, end + 16) {
        let process = text.processID(end + 2, close)
        return LeadingStamp(stamp: stamp, end: close + 1, process: process)
      }
    } else if text[end].isAlphanumeric || text[end] == 0x2f || text[end] == 0x5f {
      return nil
    }
    return LeadingStamp(stamp: stamp, end: end)
  }

  /// A stamp with a full date behind a few tokens: a level, brackets, a name, columns.
  private static func behindPrefix(
    _ text: Span<UInt8>, _ start: Int, _ reader: StampReader
  ) -> LeadingStamp? {
    var at = start
    var severity: Severity?
    var hasProse = false
    var names = 0
    var hasBar = false
    var process: Int32 = -1
    let isRecord = beginsRecord(text, start)
    for _ in 0..<tokenLimit {
      let end: Int
      if text[at] == 0x5b {
        guard let close = HeaderToken.groupEnd(text, at) else { return nil }
        end = close
        severity = severity ?? LevelWord.read(text, at + 1, close - 1, .marked)
      } else {
        end = text.wordEnd(at)
        let wordEnd = HeaderToken.wordEnd(text, at)
        if let level = LevelWord.read(text, at, min(end, wordEnd), .marked) {
          severity = severity ?? level
        } else if let colon = text.find(0x3a, at, end), text.digitsEnd(at) == colon,
          end == colon + 2
        {
          process = text.processID(at, colon)
        } else if HeaderToken.isIdentifier(text, at, end) {
          names += 1
        } else if !(end - at == 2 && text[at + 1] == 0x2c && text[at].isUpper) {
          hasProse = true
        }
      }
      at = skipBars(text, end)
      hasBar = hasBar || at > 0 && text.find(0x7c, end, at) != nil
      guard at < text.count, at < reach else { return nil }
      guard text[at].isDigit || text[at] == 0x5b, var found = self.at(text, at, reader) else {
        continue
      }
      let width = text.digitsEnd(at) - at
      if width >= 10 {
        guard isRecord else { return nil }
        found.isColumnar = true
      } else if !found.stamp.hasYear {
        continue
      }
      found.severity = severity
      if found.process < 0 { found.process = process }
      found.keepsPrefix = (hasProse && !hasBar || names > 1) && !found.isColumnar
      return found
    }
    return nil
  }

  /// Whether the line's first column is a record's: `-`, a number, or a word in capitals.
  private static func beginsRecord(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let end = text.wordEnd(at)
    guard end < text.count, end > at else { return false }
    if end == at + 1, text[at] == 0x2d { return true }
    let isNumber = text.digitsEnd(at) == end
    var isCapitals = true
    for index in at..<end where !text[index].isUpper { isCapitals = false }
    return isNumber || isCapitals
  }

  private static func skipBars(_ text: Span<UInt8>, _ at: Int) -> Int {
    var next = at
    while next < text.count, text[next].isBlank || text[next] == 0x7c { next += 1 }
    return next
  }
}
