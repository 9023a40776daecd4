package import Model

/// Reads YAML 1.1 (libyaml) into trees.
///
/// - Limits: `YAMLLimits`; a key that stands twice in one mapping is refused; keys are scalars.
/// - Errors: `ConfigurationError` with the place.
package enum YAMLDocument {
  /// The one document of a file; nothing but comments is an empty scalar.
  package static func read(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(ConfigurationError) -> YAMLNode {
    let all = try readAll(bytes, file: file, limits: limits)
    if all.count > 1 {
      throw all[1].error("a second document", hint: "one document a file: split it at '---'")
    }
    return all.first
      ?? YAMLNode(content: .scalar("", .plain), file: file, line: 1, column: 1)
  }

  /// All documents of a file, in order.
  package static func readAll(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(ConfigurationError) -> [YAMLNode] {
    guard bytes.count <= limits.size else {
      throw ConfigurationError(
        file: file, problem: "larger than \(limits.size) bytes", found: "\(bytes.count) bytes")
    }
    var composer = Composer(bytes, file: file, limits: limits)
    return try composer.documents()
  }
}

/// Builds trees from events.
private struct Composer: ~Copyable {
  private var events: EventSource
  private let file: String
  private let limits: YAMLLimits
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var nodes = 0
  private var depth = 0

  init(_ bytes: [UInt8], file: String, limits: YAMLLimits) {
    events = EventSource(bytes, file: file)
    self.file = file
    self.limits = limits
  }

  mutating func documents() throws(ConfigurationError) -> [YAMLNode] {
    var found: [YAMLNode] = []
    while true {
      switch try events.next() {
      case .streamEnd: return found
      case .documentStart:
        anchors = [:]
        found.append(try node(try events.next()))
      default: continue
      }
    }
  }

  private func make(_ content: YAMLNode.Content, _ line: Int, _ column: Int) -> YAMLNode {
    YAMLNode(content: content, file: file, line: line, column: column)
  }

  private func error(_ problem: String, hint: String? = nil) -> ConfigurationError {
    ConfigurationError(
      file: file, line: events.line, column: events.column, problem: problem, hint: hint)
  }

  private mutating func count(_ added: Int) throws(ConfigurationError) {
    nodes += added
    if nodes > limits.nodes {
      throw error("more than \(limits.nodes) values", hint: "aliases count wherever they stand")
    }
  }

  private mutating func node(_ event: YAMLEvent) throws(ConfigurationError) -> YAMLNode {
    let line = events.line
    let column = events.column
    let before = nodes
    let made: YAMLNode
    let anchor: String?
    switch event {
    case .alias(let name):
      guard let known = anchors[name] else { throw error("no anchor '&\(name)' before this alias") }
      try count(known.size)
      return known.node
    case .scalar(let text, let style, let name):
      try count(1)
      anchor = name
      made = make(.scalar(text, style), line, column)
    case .sequenceStart(let name):
      anchor = name
      try count(1)
      made = make(.sequence(try sequence()), line, column)
    case .mappingStart(let name):
      anchor = name
      try count(1)
      made = make(.mapping(try mapping()), line, column)
    default:
      throw error("a value is missing")
    }
    if let anchor { anchors[anchor] = (made, nodes - before) }
    return made
  }

  private mutating func enter() throws(ConfigurationError) {
    depth += 1
    if depth > limits.depth { throw error("nested deeper than \(limits.depth) levels") }
  }

  private mutating func sequence() throws(ConfigurationError) -> [YAMLNode] {
    try enter()
    var items: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event { break }
      items.append(try node(event))
    }
    depth -= 1
    return items
  }

  private mutating func mapping() throws(ConfigurationError) -> [(key: YAMLNode, value: YAMLNode)] {
    try enter()
    var pairs: [(key: YAMLNode, value: YAMLNode)] = []
    var seen: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .mappingEnd = event { break }
      let key = try node(event)
      guard case .scalar(let name, _) = key.content else {
        throw key.error("a key must be a scalar", found: key.kind)
      }
      if let first = seen[name] {
        throw key.error(
          "the key '\(name)' stands twice", found: name, hint: "first on line \(first)")
      }
      seen[name] = key.line
      pairs.append((key, try node(try events.next())))
    }
    depth -= 1
    return pairs
  }
}
