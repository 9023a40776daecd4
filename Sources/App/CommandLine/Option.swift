/// A flag that commands take: its spellings, what it wants, and the line of help about it.
struct Option: Sendable {
  /// Whether a flag stands alone or is followed by a value.
  enum Argument: Equatable, Sendable {
    case none
    case value(String)
    /// May be followed by a value, which doesn't begin with a dash.
    case optional(String)
    /// One of these words.
    case choice([String])
  }

  var name: String
  var short: Character?
  var argument: Argument
  var help: String
  var isRepeatable = false

  init(
    _ name: String, _ short: Character? = nil, _ argument: Argument = .none, repeats: Bool = false,
    help: String
  ) {
    self.name = name
    self.short = short
    self.argument = argument
    self.help = help
    isRepeatable = repeats
  }

  /// `-p, --priority LEVEL` as the help shows it.
  var usage: String {
    let head = short.map { "-\($0), " } ?? "    "
    switch argument {
    case .none: return "\(head)--\(name)"
    case .optional(let placeholder): return "\(head)--\(name) [\(placeholder)]"
    case .value(let placeholder): return "\(head)--\(name) \(placeholder)"
    case .choice(let words): return "\(head)--\(name) \(words.joined(separator: "|"))"
    }
  }
}
