internal import Bytes
internal import Model
internal import PatternMatching

/// Makes a regular expression of a template: its words as they stand, its wildcards as named groups.
enum DraftPattern {
  /// How much a wildcard may stand for; the strictest that fits is taken.
  enum Looseness: CaseIterable {
    /// What its kind says; without one, anything but white space.
    case byKind
    /// Anything but white space.
    case word
    /// Anything.
    case anything
  }

  private enum Piece {
    case literal(String)
    case wildcard(Wildcard)
  }

  /// The strictest expression that matches all of the messages; nil where not even the loosest does.
  ///
  /// Each wildcard is tightened in turn, while those behind it may still stand for anything.
  static func fitting(_ template: String, _ messages: [String]) -> String? {
    let pieces = pieces(template)
    var looseness = pieces.map { _ in Looseness.anything }
    var best = regex(pieces, looseness)
    guard matches(best, messages) else { return nil }
    for (index, piece) in pieces.enumerated() {
      guard case .wildcard = piece else { continue }
      for level in Looseness.allCases.dropLast() {
        var tighter = looseness
        tighter[index] = level
        let tried = regex(pieces, tighter)
        guard matches(tried, messages) else { continue }
        looseness = tighter
        best = tried
        break
      }
    }
    return best
  }

  private static func matches(_ regex: String, _ messages: [String]) -> Bool {
    guard let expanded = try? GrokExpander.expand(regex, GrokLibrary()),
      let adapted = try? ByteDialect.adapt(expanded.regex),
      let pattern = try? Pattern(adapted, jit: .never)
    else { return false }
    var scratch = MatchScratch()
    return messages.allSatisfy {
      scratch.match(pattern.interpreted(), Array($0.utf8).span) == .found
    }
  }

  private static func regex(_ pieces: [Piece], _ looseness: [Looseness]) -> String {
    var names: Set<String> = []
    var out = "^"
    var before = ""
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .literal(let text):
        out += escaped(text)
        before = text
      case .wildcard(let wildcard):
        let name = unique(fieldName(wildcard, after: before), &names)
        let isLast = index == pieces.count - 1
        out += group(name, wildcard, looseness[index], isLast: isLast)
        before = ""
      }
    }
    return out + "$"
  }

  private static func group(
    _ name: String, _ wildcard: Wildcard, _ looseness: Looseness, isLast: Bool
  ) -> String {
    switch (looseness, wildcard) {
    case (.byKind, .num): #"(?<\#(name):float>[+-]?\d+(?:\.\d+)?)"#
    case (.byKind, .ip): "(?<\(name)>[0-9A-Fa-f:.]+)"
    case (.byKind, .hex): "(?<\(name)>(?:0x)?[0-9A-Fa-f]+)"
    case (.byKind, .uuid): "(?<\(name)>[0-9A-Fa-f-]{36})"
    case (.byKind, _), (.word, _): #"(?<\#(name)>\S+)"#
    case (.anything, _): isLast ? "(?<\(name)>.*)" : "(?<\(name)>.*?)"
    }
  }

  /// Named for the word before the wildcard (`port 22`, `pid=7`), else for its kind.
  private static func fieldName(_ wildcard: Wildcard, after text: String) -> String {
    let kind = wildcard == .any ? "value" : "\(wildcard)"
    let trailing = text.reversed().drop { !$0.isASCII || !$0.isLetter && $0 != "_" }
    let gap = text.count - trailing.count
    let word = String(trailing.prefix { $0.isASCII && $0.isLetter || $0 == "_" }.reversed())
      .lowercased()
    guard gap <= 3, word.count > 1, word.count <= 24 else { return kind }
    switch (word, wildcard) {
    case ("user", _): return "user.name"
    case ("pid", _): return "process.pid"
    case ("from", .ip), ("client", .ip): return "source.ip"
    case ("to", .ip), ("server", .ip): return "destination.ip"
    case ("file", _), ("path", _): return "file.path"
    default: return small.contains(word) || word.hasPrefix("_") ? kind : word
    }
  }

  /// Words that name nothing.
  private static let small: Set<String> = [
    "of", "to", "in", "for", "from", "by", "at", "on", "with", "the", "is", "are", "was", "and",
    "or", "as", "after", "than", "not", "no", "an", "has", "that", "this", "it",
  ]

  private static func unique(_ name: String, _ taken: inout Set<String>) -> String {
    var found = name
    var number = 2
    while !taken.insert(found).inserted {
      found = "\(name)_\(number)"
      number += 1
    }
    return found
  }

  private static func pieces(_ template: String) -> [Piece] {
    let bytes = Array(template.utf8)
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    func flushed() -> [Piece] {
      literal.isEmpty ? [] : [.literal(String(decoding: literal, as: UTF8.self))]
    }
    var at = 0
    while at < bytes.count {
      if let wildcard = Wildcard.standing(in: bytes.span, at: at) {
        pieces += flushed() + [.wildcard(wildcard)]
        literal = []
        at += wildcard.bytes.count
      } else if bytes[at] == 0x5c, Wildcard.spelled(in: bytes.span, at: at + 1) != nil {
        at += 1
        literal.append(bytes[at])
        at += 1
      } else {
        literal.append(bytes[at])
        at += 1
      }
    }
    return pieces + flushed()
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": out += #"\n"#
      case "\t": out += #"\t"#
      case "\\", ".", "+", "*", "?", "(", ")", "[", "]", "{", "}", "^", "$", "|", "%":
        out += "\\\(scalar)"
      case _ where scalar.value < 0x20: out += "\\x{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
