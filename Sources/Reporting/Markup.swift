/// Text as it may stand in HTML and XML, whatever it holds.
enum Markup {
  /// The five characters that mean something as references; what XML 1.0 forbids, and what turns the direction of
  /// text, as U+FFFD.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.unicodeScalars.append(isAllowed(scalar.value) ? scalar : "\u{fffd}")
      }
    }
    return safe
  }

  /// At most so many characters, with `…` where it was cut.
  static func shortened(_ text: String, to limit: Int) -> String {
    text.count > limit ? text.prefix(limit - 1) + "…" : text
  }

  private static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 0x9, 0xa, 0x20...0x7e, 0xa0...0x200d, 0x2010...0x2027, 0x202f...0x2065, 0x206a...0xd7ff,
      0xe000...0xfdcf, 0xfdf0...0xfffd, 0x10000...0x10ffff:
      true
    default: false
    }
  }
}
