internal import PatternMatching
package import Model
package import YAML

/// The rules under `fingerprints:` in the configuration, in their order: the first that matches decides.
package struct FingerprintRules: Sendable {
  private(set) var rules: [FingerprintRule] = []

  package init() {}

  package var isEmpty: Bool { rules.isEmpty }
  /// How the rules are called where they are counted, in their order.
  package var names: [String] { rules.indices.map { "fingerprints[\($0 + 1)]" } }

  /// Adds the rules of a list.
  ///
  /// - Throws: where one is not as it should be, with its line and column.
  package mutating func add(_ node: YAMLNode) throws(ConfigurationError) {
    for item in try node.items() { rules.append(try Self.rule(item)) }
  }

  private static let actions = ["merge", "split", "rename", "ignore"]

  private static func rule(_ node: YAMLNode) throws(ConfigurationError) -> FingerprintRule {
    let mapping = try node.mapping(allowed: ["match", "title"] + actions)
    let given = actions.filter { mapping[$0] != nil }
    guard given.count == 1 else {
      throw node.error(
        "a rule does one thing", found: given.isEmpty ? "none" : given.joined(separator: ", "),
        allowed: actions)
    }
    let matchNode = try mapping.required("match")
    let match = try matchNode.mapping(allowed: ["type", "function", "path", "message", "service"])
    var rule = FingerprintRule(action: .ignore)
    rule.type = try match.text("type").map { Glob($0) }
    rule.function = try match.text("function").map { Glob($0) }
    rule.path = try match.text("path").map { Glob($0) }
    rule.service = try match.text("service").map { Glob($0) }
    if let message = match["message"] { rule.message = try pattern(message) }
    let hasCondition =
      rule.type != nil || rule.function != nil || rule.path != nil || rule.service != nil
      || rule.message != nil
    guard hasCondition else {
      throw matchNode.error(
        "a rule must match on something", found: "nothing",
        allowed: ["type", "function", "path", "message", "service"])
    }
    rule.action = try action(given[0], mapping, rule.message)
    return rule
  }

  private static func action(
    _ name: String, _ mapping: YAMLMapping, _ message: Pattern?
  ) throws(ConfigurationError) -> FingerprintRule.Action {
    let node = try mapping.required(name)
    let title = try mapping["title"].map { node throws(ConfigurationError) in try Self.title(node) }
    if title != nil, name != "split" {
      throw node.error("a title goes with split alone", found: name)
    }
    switch name {
    case "merge": return .merge(try Self.title(node))
    case "rename": return .rename(try Self.title(node))
    case "ignore":
      guard try node.flag() else {
        throw node.error("ignore is true or left out", found: "false", allowed: ["true"])
      }
      return .ignore
    default:
      let captures = message?.groups.map(\.name) ?? []
      let allowed = FingerprintRule.splitNames + captures
      var names: [String] = []
      switch node.content {
      case .sequence: for item in try node.items() { names.append(try item.choice(of: allowed)) }
      default: names.append(try node.choice(of: allowed))
      }
      guard !names.isEmpty else {
        throw node.error("a split needs something to split by", found: "nothing", allowed: allowed)
      }
      return .split(names, title: title)
    }
  }

  private static func title(_ node: YAMLNode) throws(ConfigurationError) -> String {
    let text = try node.text()
    guard !text.isEmpty, text.utf8.count <= 200, text.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw node.error("a name has 1 to 200 bytes and no control characters", found: text)
    }
    return text
  }

  private static func pattern(_ node: YAMLNode) throws(ConfigurationError) -> Pattern {
    let text = try node.text()
    do {
      return try Pattern(text)
    } catch {
      throw node.error("no PCRE2 pattern: \(error.message) at \(error.offset)", found: text)
    }
  }
}
