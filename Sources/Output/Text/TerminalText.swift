/// Log texts made safe for a terminal, and cut to its width.
package enum TerminalText {
  /// Control characters, and characters that turn the direction of text, as escapes: `\x1b`, `\u202e`.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if !isControl(scalar) {
        safe.unicodeScalars.append(scalar)
        continue
      }
      switch scalar {
      case "\t": safe += "  "
      case "\n": safe += #"\n"#
      case "\r": safe += #"\r"#
      default:
        let hex = String(scalar.value, radix: 16)
        if scalar.value < 0x80 {
          safe += #"\x"# + String(repeating: "0", count: 2 - hex.count) + hex
        } else {
          safe += #"\u"# + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        }
      }
    }
    return safe
  }

  /// The first line of a text that may have several, safe, and how many follow.
  package static func firstLine(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.count > 1, let first = lines.first else { return escaped(text) }
    let more = lines.count - 1
    return "\(escaped(String(first))) (and \(TextNumber.count(more, "line")) more)"
  }

  /// Columns that a safe text takes: wide East Asian characters and emoji two, combining marks none.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// At most `limit` columns of a safe text, the last of them `…` where it was cut.
  static func cut(_ text: String, to limit: Int?) -> String {
    guard let limit, columns(text) > limit else { return text }
    var taken = 0
    var kept = ""
    for scalar in text.unicodeScalars {
      taken += columns(scalar)
      if taken > limit - 1 { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept + "…"
  }

  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  package static func right(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns(text))) + text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: false
    }
  }

  /// Unicode Standard Annex 11, by blocks: near enough to cut a line.
  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36f, 0x200b...0x200d, 0xfe00...0xfe0f: 0
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      2
    default: 1
    }
  }
}
