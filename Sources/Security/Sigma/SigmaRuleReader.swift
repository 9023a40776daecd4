internal import Model
internal import YAML

/// Reads one document of a rule file: a detection rule, a correlation, or values for placeholders.
///
/// Keys that the specification doesn't know are its authors' own and are passed over; a known one with a
/// wrong value is refused.
struct SigmaRuleReader {
  enum Document {
    case rule(SigmaRule)
    case correlation(SigmaCorrelation)
  }

  private static let statuses = ["stable", "test", "experimental", "deprecated", "unsupported"]
  private static let levels = ["informational", "low", "medium", "high", "critical"]
  private static let relations = [
    "correlation", "derived", "merged", "obsolete", "obsoletes", "renamed", "similar",
  ]

  private var detections: SigmaDetectionReader

  init(placeholders: [String: [String]]) {
    detections = SigmaDetectionReader(placeholders: placeholders)
  }

  /// What the document asks for and this version can't do.
  var unsupported: ConfigurationError? { detections.unsupported }

  /// The title, for reports; nil where there is none to be read.
  static func title(of node: YAMLNode) -> String? {
    guard let map = try? node.mapping() else { return nil }
    return (try? map.text("title")) ?? nil
  }

  mutating func read(_ node: YAMLNode) throws(ConfigurationError) -> Document {
    let map = try node.mapping()
    if let action = map["action"] {
      detections.refuse(
        action.error(
          "'action' documents belong to Sigma 1",
          hint: "write each rule whole; several documents may stand in one file"))
    }
    if let filter = map["filter"] {
      detections.refuse(
        filter.error("filter documents are not read", hint: "put 'and not filter' into the rule"))
    }
    let heading = try heading(map)
    if let correlation = map["correlation"] {
      return .correlation(
        try SigmaCorrelationReader.read(correlation, heading, map, &detections))
    }
    let source = try self.source(try map.required("logsource"))
    if unsupported != nil, map["detection"] == nil {
      return .rule(SigmaRule(heading: heading, source: source, condition: .any([]), unused: []))
    }
    let detection = try map.required("detection").mapping()
    let (condition, unused) = try self.condition(detection)
    return .rule(
      SigmaRule(heading: heading, source: source, condition: condition, unused: unused))
  }

  private func heading(_ map: YAMLMapping) throws(ConfigurationError) -> SigmaHeading {
    let title = try map.required("title").text()
    let level = try map.choice("level", of: Self.levels)
    var related: [(id: String, type: String)] = []
    if let node = map["related"] {
      for item in try node.items() {
        let relation = try item.mapping()
        related.append(
          (
            try relation.required("id").text(),
            try relation.required("type").choice(of: Self.relations)
          ))
      }
    }
    return SigmaHeading(
      title: title, id: try map.text("id"), name: try map.text("name"),
      status: try map.choice("status", of: Self.statuses),
      level: Self.severity(level ?? "medium"), tags: try map.texts("tags"),
      falsePositives: try map.texts("falsepositives"), related: related, file: map.node.file,
      line: map.node.line)
  }

  static func severity(_ level: String) -> FindingSeverity {
    switch level {
    case "informational", "low": .info
    case "high": .error
    case "critical": .critical
    default: .warning
    }
  }

  private func source(_ node: YAMLNode) throws(ConfigurationError) -> LogSource {
    let map = try node.mapping()
    let source = LogSource(
      category: try map.text("category")?.lowercased(),
      product: try map.text("product")?.lowercased(),
      service: try map.text("service")?.lowercased())
    if source.category == nil, source.product == nil, source.service == nil {
      throw node.error(
        "a log source names a category, a product or a service",
        allowed: ["category", "product", "service"])
    }
    return source
  }

  private mutating func condition(
    _ map: YAMLMapping
  ) throws(ConfigurationError) -> (SigmaExpression, unused: [String]) {
    let node = try map.required("condition")
    var selections: [(name: String, expression: SigmaExpression)] = []
    for pair in map.pairs {
      let name = try pair.key.text()
      if name == "condition" || name == "timeframe" { continue }
      selections.append((name, try detections.selection(pair.value)))
    }
    guard !selections.isEmpty else { throw map.node.error("a detection without a selection") }
    let nodes: [YAMLNode] =
      if case .sequence(let items) = node.content { items } else { [node] }
    var parts: [SigmaExpression] = []
    var used: Set<String> = []
    for node in nodes {
      var reader = try SigmaConditionReader(node, selections: selections)
      if let aggregation = reader.aggregation {
        detections.refuse(aggregation)
        continue
      }
      parts.append(try reader.read())
      used.formUnion(reader.used)
    }
    let unused = selections.map(\.name).filter { !used.contains($0) && !$0.hasPrefix("_") }
    return (parts.count == 1 ? parts[0] : .any(parts), unsupported == nil ? unused : [])
  }
}
