package import Model

/// A template as the catalogue writes it: `severity`, marks, `/category`, `@role`, a space, the text.
///
/// Severities: d i n w e c. Marks: `*` in nightly batches only, `!` in incidents only, `+` appears
/// late for the first time, `^` at start-up, `$` at shutdown, `#` a stack trace may follow. In the
/// text, `{name}` stands for a `Parameter`; other braces stand for themselves.
package struct TemplateText: Sendable {
  package struct Marks: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let nightly = Marks(rawValue: 1)
    package static let incident = Marks(rawValue: 2)
    package static let late = Marks(rawValue: 4)
    package static let startup = Marks(rawValue: 8)
    package static let shutdown = Marks(rawValue: 16)
    package static let traced = Marks(rawValue: 32)
  }

  /// What a template is needed for, beyond the background.
  package enum Role: String, Sendable {
    case none, outage, caller, crash, slow, reject, bruteforce
    case fresh = "new"
    case stopping, stopped, starting, started, exited, failed, scheduled
    /// Comes at an interval of its own (`Beat`).
    case heartbeat, poll, sync, timer
  }

  package enum Part: Sendable {
    case literal(String)
    case parameter(Parameter)
  }

  package var severity: Severity
  package var marks: Marks
  package var category: Category
  package var role: Role
  package var parts: [Part]

  /// Nil where the line does not follow the grammar.
  package init?(_ line: Substring, category usual: Category) {
    guard let space = line.firstIndex(of: " "), let letter = line.first,
      let severity = TemplateText.severities[letter]
    else { return nil }
    self.severity = severity
    marks = []
    category = usual
    role = .none
    var head = line[..<space].dropFirst()
    if let at = head.firstIndex(of: "@") {
      guard let named = Role(rawValue: String(head[head.index(after: at)...])) else { return nil }
      role = named
      head = head[..<at]
    }
    if let slash = head.firstIndex(of: "/") {
      let name = head[head.index(after: slash)...].prefix { $0.isLetter }
      guard let named = Category(name: String(name)) else { return nil }
      category = named
      head = head[..<slash]
    }
    for mark in head {
      guard let known = TemplateText.marks[mark] else { return nil }
      marks.insert(known)
    }
    parts = TemplateText.split(line[line.index(after: space)...])
  }

  /// The text with each parameter as `<*>`.
  package var wildcards: String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .parameter: "<*>"
      }
    }.joined()
  }

  static func split(_ text: Substring) -> [Part] {
    var parts: [Part] = []
    var literal = ""
    var rest = text
    while let open = rest.firstIndex(of: "{") {
      literal += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      if let close = inside.firstIndex(of: "}"),
        let parameter = Parameter(named: String(inside[..<close]))
      {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.parameter(parameter))
        rest = inside[inside.index(after: close)...]
      } else {
        literal += "{"
        rest = inside
      }
    }
    literal += rest
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }

  private static let severities: [Character: Severity] = [
    "d": .debug, "i": .info, "n": .notice, "w": .warning, "e": .error, "c": .critical,
  ]
  private static let marks: [Character: Marks] = [
    "*": .nightly, "!": .incident, "+": .late, "^": .startup, "$": .shutdown, "#": .traced,
  ]
}
