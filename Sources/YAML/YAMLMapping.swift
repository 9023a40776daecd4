package import Model

/// A mapping whose keys were checked against those that its reader knows.
package struct YAMLMapping: Sendable {
  package let node: YAMLNode
  /// In the order of the document.
  package let pairs: [(key: YAMLNode, value: YAMLNode)]

  /// The value of a key; nil where it is absent or null.
  package subscript(_ key: String) -> YAMLNode? {
    guard let found = pairs.first(where: { $0.key.isScalar(key) })?.value else { return nil }
    return found.isNull ? nil : found
  }

  package func required(_ key: String) throws(ConfigurationError) -> YAMLNode {
    guard let found = self[key] else {
      throw node.error("'\(key)' is missing", allowed: [], hint: "add '\(key): …' here")
    }
    return found
  }

  package func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let found = self[key] else { return nil }
    return try found.text()
  }

  package func texts(_ key: String) throws(ConfigurationError) -> [String] {
    guard let found = self[key] else { return [] }
    return try found.texts()
  }

  package func integer(_ key: String) throws(ConfigurationError) -> Int? {
    guard let found = self[key] else { return nil }
    return try found.integer()
  }

  package func number(_ key: String) throws(ConfigurationError) -> Double? {
    guard let found = self[key] else { return nil }
    return try found.number()
  }

  package func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let found = self[key] else { return nil }
    return try found.flag()
  }

  /// One of a few names.
  package func choice(
    _ key: String, of names: [String]
  ) throws(ConfigurationError) -> String? {
    guard let found = self[key] else { return nil }
    return try found.choice(of: names)
  }
}

extension YAMLNode {
  func isScalar(_ wanted: String) -> Bool {
    if case .scalar(let text, _) = content { return text == wanted }
    return false
  }

  /// Its keys and values, whatever the keys are.
  package func mapping() throws(ConfigurationError) -> YAMLMapping {
    guard case .mapping(let pairs) = content else {
      throw error("a mapping is wanted here", found: kind)
    }
    return YAMLMapping(node: self, pairs: pairs)
  }

  /// Its keys and values; a key that is not allowed is refused, with the nearest name as a hint.
  package func mapping(allowed: [String]) throws(ConfigurationError) -> YAMLMapping {
    let found = try mapping()
    for pair in found.pairs {
      guard case .scalar(let name, _) = pair.key.content, !allowed.contains(name) else { continue }
      throw pair.key.error(
        "unknown key '\(name)'", found: name, allowed: allowed,
        hint: nearest(name, among: allowed).map { "did you mean '\($0)'?" })
    }
    return found
  }
}
