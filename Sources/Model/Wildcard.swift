/// What stands in a masked text or a template for what varies, by the kind of value.
@usableFromInline
package enum Wildcard: UInt8, CaseIterable, Sendable {
  case any, num, hex, ip, uuid, path, duration, size, time, url, email, id

  /// As it is written: `<num>`.
  package var text: String { self == .any ? "<*>" : "<\(self)>" }

  private static let texts: [[UInt8]] = allCases.map { Array($0.text.utf8) }

  /// The UTF-8 of `text`.
  package var bytes: [UInt8] { Self.texts[Int(rawValue)] }

  /// The wildcard that is written at `start`, whatever stands before it; nil where none is.
  package static func spelled(in text: Span<UInt8>, at start: Int) -> Wildcard? {
    guard start >= 0, start + 2 < text.count, text[start] == 0x3c else { return nil }
    for wildcard in allCases {
      let spelling = texts[Int(wildcard.rawValue)]
      guard start + spelling.count <= text.count else { continue }
      var index = 1
      while index < spelling.count, text[start + index] == spelling[index] { index += 1 }
      if index == spelling.count { return wildcard }
    }
    return nil
  }

  /// The text with a backslash before what would be read as a wildcard.
  package static func escaped(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(0x3c) else { return text }
    var out: [UInt8] = []
    for at in text.indices {
      if text[at] == 0x3c, spelled(in: text.span, at: at) != nil { out.append(0x5c) }
      out.append(text[at])
    }
    return out
  }

  /// The wildcard at `start`, unless a backslash before it says that it is the message's own text.
  package static func standing(in text: Span<UInt8>, at start: Int) -> Wildcard? {
    if start > 0, text[start - 1] == 0x5c { return nil }
    return spelled(in: text, at: start)
  }
}
