import Bytes
import Model

/// What stands between stamp and message of a BSD syslog line: host and `program[pid]:`.
struct SyslogHeader {
  var host = 0..<0
  var program = 0..<0
  var process: Int32 = -1
  /// Offset of the message.
  var message = 0

  private static let longestTag = 96
  private static let inHost: UInt8 = 1
  /// Within a tag nothing is to be done for it.
  private static let inTag: UInt8 = 2
  private static let bytes = ByteTable { byte in
    let isHost = byte.isNameByte || byte == 0x3a || byte == 0x2f || byte == 0x40 || byte >= 0x80
    let isTag: Bool =
      switch byte {
      case 0...0x20, 0x22, 0x3a, 0x3d, 0x5b, 0x7b, 0x7f...0xff: false
      default: true
      }
    return (isHost ? inHost : 0) | (isTag ? inTag : 0)
  }

  /// Reads the header at `at`.
  ///
  /// - Parameters:
  ///   - isStrict: the line has no PRI, so that what can't be a host (a level, a bracket) makes it
  ///     another format: nil.
  ///   - needsTag: a header without a tag is nil.
  @inline(__always)
  static func read(
    _ text: Span<UInt8>, _ at: Int, isStrict: Bool, needsTag: Bool
  ) -> SyslogHeader? {
    var header = SyslogHeader()
    let start = text.skipBlanks(at)
    let bytes = Self.bytes
    var hostEnd = start
    var passed = inHost | inTag
    while hostEnd < text.count, bytes[text[hostEnd]] & inTag != 0 {
      passed &= bytes[text[hostEnd]]
      hostEnd &+= 1
    }
    // As a rule, what a tag may hold ends here in a blank, and a host may hold it all.
    if passed & inHost == 0 || hostEnd >= text.count || !text[hostEnd].isBlank {
      if let end = header.readTag(text, start, words: 1, bytes) {
        if needsTag { return nil }
        header.message = end
        return header
      }
      hostEnd = start
      while hostEnd < text.count, bytes[text[hostEnd]] & inHost != 0 { hostEnd &+= 1 }
    }
    guard hostEnd > start, hostEnd < text.count, text[hostEnd].isBlank else {
      if isStrict { return nil }
      header.message = start
      return header
    }
    if isStrict, LevelWord.read(text, start, hostEnd) != nil { return nil }
    header.host = start..<hostEnd
    let next = hostEnd &+ 1
    if let end = header.readTag(text, next, words: 2, bytes) {
      if isStrict, header.process < 0,
        LevelWord.read(text, header.program.lowerBound, header.program.upperBound) != nil
      {
        return nil
      }
      header.message = end
      return header
    }
    if needsTag { return nil }
    header.message = text.skipBlanks(next)
    return header
  }

  /// Reads `program:`, `program[12]:` or `program[12] ` at `at`; gives the offset behind it and a blank.
  ///
  /// - Parameter words: how many words the program's name may have.
  @inline(__always)
  private mutating func readTag(
    _ text: Span<UInt8>, _ at: Int, words: Int, _ bytes: ByteTable
  ) -> Int? {
    var end = at
    let limit = min(text.count, at &+ Self.longestTag)
    while end < limit {
      let byte = text[end]
      if bytes[byte] & Self.inTag != 0 {
        end &+= 1
        continue
      }
      if byte == 0x5b {
        guard end > at else { return nil }
        return readProcess(text, at, end)
      }
      if byte == 0x3a {
        guard end > at else { return nil }
        if end &+ 1 >= text.count || text[end &+ 1].isBlank {
          program = at..<end
          return min(text.count, end &+ 2)
        }
      } else if byte == 0x20, words > 1, let bracket = secondWordEnd(text, end &+ 1) {
        return readProcess(text, at, bracket)
      } else if byte <= 0x20 || byte == 0x3d || byte == 0x22 || byte == 0x7b || byte >= 0x7f {
        return nil
      }
      end &+= 1
    }
    return nil
  }

  /// The bracket behind the second word of a program's name: `Microsoft Word[12]:`.
  private func secondWordEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    while end < text.count, end &- at < 32, text[end].isAlphanumeric { end &+= 1 }
    guard end > at, text.holds(0x5b, at: end) else { return nil }
    let close = text.digitsEnd(end &+ 1)
    return close > end &+ 1 && text.has("]: ", at: close) ? end : nil
  }

  private mutating func readProcess(_ text: Span<UInt8>, _ at: Int, _ bracket: Int) -> Int? {
    guard let close = text.find(0x5d, bracket, bracket &+ 24) else { return nil }
    var end = close &+ 1
    if text.holds(0x3a, at: end) {
      end &+= 1
    } else if end < text.count, !text[end].isBlank {
      return nil
    }
    program = at..<bracket
    process = text.processID(bracket &+ 1, close)
    return end < text.count && text[end] == 0x20 ? end &+ 1 : end
  }

  /// The offset behind the kernel's `[  123.456789] ` at `at`, or `at`.
  static func kernelPrefixEnd(_ text: Span<UInt8>, _ at: Int) -> Int {
    let seconds = text.skipBlanks(at &+ 1)
    let point = text.digitsEnd(seconds)
    guard point > seconds, text.holds(0x2e, at: point) else { return at }
    let end = text.digitsEnd(point &+ 1)
    guard end > point &+ 1, text.holds(0x5d, at: end) else { return at }
    return text.holds(0x20, at: end &+ 1) ? end &+ 2 : end &+ 1
  }
}
