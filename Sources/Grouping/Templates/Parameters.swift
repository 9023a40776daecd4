internal import Bytes
internal import Model

/// The values for which a template's wildcards stand in a message, in their order.
///
/// The template is laid over the message from the left, byte for byte, each wildcard taking as little as it
/// can, nothing included; where a template has one wildcard for several words or a list, its value is the
/// whole stretch, blanks around it included. Put in place of the wildcards, the values give the message again.
///
/// Some messages are not their template with values: white space and rulers are squeezed in a template,
/// an optional part may be missing, and an exception's template is no text of its message at all. Then
/// `fits` is false, the values are not as many as the wildcards, and one after the other they are the
/// message: the message alone, or with an empty value behind it where the template has a single wildcard.
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
      values = parts.count == 2 ? [String(message), ""] : [String(message)]
      fits = false
    }
  }

  /// The message that gave these values under this template.
  package static func rebuilt(_ template: String, with values: [String]) -> String {
    let parts = literals(Array(template.utf8))
    guard values.count == parts.count - 1 else { return values.joined() }
    var out = String(decoding: parts[0], as: UTF8.self)
    for (value, part) in zip(values, parts.dropFirst()) {
      out += value
      out += String(decoding: part, as: UTF8.self)
    }
    return out
  }

  /// What stands around the wildcards, without the backslashes that tell the message's own text from
  /// wildcards: one part more than there are wildcards.
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

  /// Where the wildcards' values stand; nil where the parts are not in the message in this order, the first
  /// at its start and the last at its end. Taking the first place of each part that is left finds an
  /// alignment wherever there is one.
  private static func align(_ parts: [[UInt8]], _ message: Span<UInt8>) -> [Range<Int>]? {
    guard let last = parts.last, holds(parts[0], message, 0) else { return nil }
    var at = parts[0].count
    if parts.count == 1 { return at == message.count ? [] : nil }
    let end = message.count - last.count
    guard end >= at, holds(last, message, end) else { return nil }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(parts.count - 1)
    for part in parts[1..<(parts.count - 1)] {
      var from = at
      while from + part.count <= end, !holds(part, message, from) { from += 1 }
      guard from + part.count <= end else { return nil }
      ranges.append(at..<from)
      at = from + part.count
    }
    ranges.append(at..<end)
    return ranges
  }

  private static func holds(_ part: [UInt8], _ message: Span<UInt8>, _ start: Int) -> Bool {
    guard start + part.count <= message.count else { return false }
    for (index, byte) in part.enumerated() where message[start + index] != byte { return false }
    return true
  }
}
