package import Model

/// A piece of a YAML document: its content and where it stands.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case scalar(String, ScalarStyle)
    case sequence([YAMLNode])
    /// In the order of the document; a key stands once.
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  /// How a scalar was written: a plain one may be a number, a truth value or null, others are text.
  package enum ScalarStyle: Sendable { case plain, quoted, block }

  package var content: Content
  package var file: String
  /// From 1.
  package var line: Int
  /// From 1, in characters.
  package var column: Int

  package init(content: Content, file: String, line: Int, column: Int) {
    self.content = content
    self.file = file
    self.line = line
    self.column = column
  }

  /// What it is, in the words of an error message.
  package var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a scalar"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether it is empty, `~` or a plain `null`.
  package var isNull: Bool {
    if case .scalar(let text, .plain) = content {
      return text.isEmpty || text == "~" || text == "null"
    }
    return false
  }

  /// A mistake that stands here.
  package func error(
    _ problem: String, found: String? = nil, allowed: [String] = [], hint: String? = nil
  ) -> ConfigurationError {
    ConfigurationError(
      file: file, line: line, column: column, problem: problem, found: found, allowed: allowed,
      hint: hint)
  }
}
