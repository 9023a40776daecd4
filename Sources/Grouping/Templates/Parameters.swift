internal import Bytes
internal import Model

/// The values for which a template's wildcards stand in a message, in their order.
///
/// The template is laid over the message from the left, each wildcard taking as little as it can, nothing
/// included; a space stands for any run of white space, three equal marks for three and more. Put in place
/// of the wildcards, the values give the message again, runs of white space and of marks apart. Where the
/// template does not fit as it stands (lists of other lengths than one, optional parts that the message
/// lacks or has), the whole message is the only value and `fits` is false.
/// - Complexity: proportional to the message's length times that of the longest literal part.
/// - Limits: messages up to 64 KiB; longer ones do not fit.
package struct Parameters: Equatable, Sendable {
  package var values: [String]
  package var fits: Bool

  static let limit = 65_536

  package init(of message: Span<UInt8>, template: String) {
    let parts = Self.literals(Array(template.utf8))
    if message.count <= Self.limit, let ranges = Self.align(parts, message) {
      values = ranges.map { String(message.extracting($0)) }
      fits = true
    } else {
      values = [String(message)]
      fits = false
    }
  }

  /// The template with values in place of its wildcards; wildcards without a value stay.
  package static func rebuilt(_ template: String, with values: [String]) -> String {
    let text = Array(template.utf8)
    var out: [UInt8] = []
    var next = values.startIndex
    var at = 0
    while at < text.count {
      if let wildcard = Wildcard.standing(in: text.span, at: at) {
        out += next < values.endIndex ? Array(values[next].utf8) : wildcard.bytes
        next += 1
        at += wildcard.bytes.count
      } else {
        if !Self.isEscape(text, at) { out.append(text[at]) }
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// What stands around the wildcards: one part more than there are wildcards.
  private static func literals(_ text: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var at = 0
    while at < text.count {
      if let wildcard = Wildcard.standing(in: text.span, at: at) {
        parts.append([])
        at += wildcard.bytes.count
      } else {
        if !isEscape(text, at) { parts[parts.count - 1].append(text[at]) }
        at += 1
      }
    }
    return parts
  }

  private static func isEscape(_ text: [UInt8], _ at: Int) -> Bool {
    text[at] == 0x5c && at + 1 < text.count
      && Wildcard.spelled(in: text.span, at: at + 1) != nil
  }

  private static func align(_ parts: [[UInt8]], _ message: Span<UInt8>) -> [Range<Int>]? {
    var start = 0
    var end = message.count
    while start < end, message[start] <= 0x20 { start += 1 }
    while end > start, message[end - 1] <= 0x20 { end -= 1 }
    guard var at = match(parts[0], message, start, end) else { return nil }
    if parts.count == 1 { return at == end ? [] : nil }
    var ranges: [Range<Int>] = []
    for (index, part) in parts.enumerated().dropFirst() {
      let isLast = index == parts.count - 1
      if isLast, part.isEmpty {
        ranges.append(at..<end)
        return ranges
      }
      var from = at
      while true {
        if let after = match(part, message, from, end), !isLast || after == end {
          ranges.append(at..<from)
          at = after
          break
        }
        guard from < end else { return nil }
        from += 1
      }
    }
    return ranges
  }

  /// Where the part ends that matches at `start`, or nil.
  private static func match(_ part: [UInt8], _ message: Span<UInt8>, _ start: Int, _ end: Int)
    -> Int?
  {
    var at = start
    for (index, byte) in part.enumerated() {
      if byte == 0x20 {
        guard at < end, message[at] <= 0x20 else { return nil }
        while at < end, message[at] <= 0x20 { at += 1 }
        continue
      }
      guard at < end, message[at] == byte else { return nil }
      at += 1
      if index >= 2, part[index - 1] == byte, part[index - 2] == byte,
        index + 1 == part.count || part[index + 1] != byte, !PieceWord.isLetter(byte)
      {
        while at < end, message[at] == byte { at += 1 }
      }
    }
    return at
  }
}
