internal import Model
internal import YAML

/// Reads a rule's condition: `and`, `or`, `not`, parentheses, `1 of x*`, `all of them`.
struct SigmaConditionReader {
  private struct Word {
    var text: String
    /// Characters before it.
    var offset: Int
  }

  private static let depthLimit = 64

  private let node: YAMLNode
  private let selections: [(name: String, expression: SigmaExpression)]
  private var words: [Word] = []
  private var at = 0
  private var depth = 0
  /// Names of selections that it uses.
  private(set) var used: Set<String> = []

  /// The condition as an expression of the selections.
  ///
  /// - Parameter node: where it stands, for errors.
  init(
    _ node: YAMLNode, selections: [(name: String, expression: SigmaExpression)]
  ) throws(ConfigurationError) {
    self.node = node
    self.selections = selections
    words = Self.words(try node.text())
  }

  private static func words(_ text: String) -> [Word] {
    var words: [Word] = []
    var offset = 0
    var current = ""
    func close(_ end: Int) {
      if !current.isEmpty { words.append(Word(text: current, offset: end - current.count)) }
      current = ""
    }
    for character in text {
      if character.isWhitespace || "()|".contains(character) {
        close(offset)
        if !character.isWhitespace { words.append(Word(text: String(character), offset: offset)) }
      } else {
        current.append(character)
      }
      offset += 1
    }
    close(offset)
    return words
  }

  /// Whether it counts behind a pipe, as Sigma 1 did.
  var aggregation: ConfigurationError? {
    guard let pipe = words.first(where: { $0.text == "|" }) else { return nil }
    return error(
      pipe, "aggregations in a condition belong to Sigma 1",
      hint: "write a correlation rule: type event_count, timespan, condition")
  }

  mutating func read() throws(ConfigurationError) -> SigmaExpression {
    let found = try alternatives()
    if let rest = next { throw error(rest, "'and', 'or' or the end is wanted here") }
    return found
  }

  private var next: Word? { at < words.count ? words[at] : nil }

  private func error(
    _ word: Word?, _ problem: String, allowed: [String] = [], hint: String? = nil
  ) -> ConfigurationError {
    var place = node
    if case .scalar(let text, let style) = node.content, style != .block, !text.contains("\n") {
      place.column += (word?.offset ?? text.count) + (style == .quoted ? 1 : 0)
    }
    return place.error(problem, found: word?.text ?? "the end", allowed: allowed, hint: hint)
  }

  private mutating func take(_ wanted: String) -> Bool {
    guard let word = next, word.text.lowercased() == wanted else { return false }
    at += 1
    return true
  }

  private mutating func alternatives() throws(ConfigurationError) -> SigmaExpression {
    var parts = [try conjunction()]
    while take("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(ConfigurationError) -> SigmaExpression {
    var parts = [try negation()]
    while take("and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(ConfigurationError) -> SigmaExpression {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit {
      throw error(next, "nested deeper than \(Self.depthLimit) levels")
    }
    return take("not") ? .not(try negation()) : try primary()
  }

  private mutating func primary() throws(ConfigurationError) -> SigmaExpression {
    guard let word = next else { throw error(nil, "a selection's name is wanted here") }
    if take("(") {
      let inner = try alternatives()
      guard take(")") else { throw error(next, "')' is wanted here") }
      return inner
    }
    if at + 1 < words.count, words[at + 1].text.lowercased() == "of" { return try quantified() }
    at += 1
    if let found = selections.first(where: { $0.name == word.text }) {
      used.insert(found.name)
      return found.expression
    }
    let names = selections.map(\.name)
    throw error(
      word, "no selection of this name", allowed: names,
      hint: nearest(word.text, among: names).map { "did you mean '\($0)'?" })
  }

  private mutating func quantified() throws(ConfigurationError) -> SigmaExpression {
    let count = words[at]
    let quantity = count.text.lowercased()
    guard ["1", "any", "all"].contains(quantity) else {
      throw error(count, "'of' counts '1' or 'all'", allowed: ["1", "any", "all"])
    }
    at += 2
    guard let target = next else { throw error(nil, "'them' or a name is wanted behind 'of'") }
    at += 1
    let isThem = target.text.lowercased() == "them"
    let chosen = selections.filter {
      isThem ? !$0.name.hasPrefix("_") : Self.fits($0.name, target.text)
    }
    guard !chosen.isEmpty else {
      throw error(target, "no selection has such a name", allowed: selections.map(\.name))
    }
    used.formUnion(chosen.map(\.name))
    let parts = chosen.map(\.expression)
    if parts.count == 1 { return parts[0] }
    return quantity == "all" ? .all(parts) : .any(parts)
  }

  /// Whether a selection's name fits `x*`.
  private static func fits(_ name: String, _ pattern: String) -> Bool {
    let glob = SigmaText(pattern).tokens
    return TextMatching.fits(Array(name.utf8).span, glob.span, ignoresCase: false)
  }
}
