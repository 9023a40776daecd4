internal import Model
internal import YAML

/// Reads a correlation: `type`, `rules`, `group-by`, `timespan`, `condition`, `aliases`, `generate`.
enum SigmaCorrelationReader {
  private static let keys = [
    "type", "rules", "group-by", "timespan", "condition", "aliases", "generate",
  ]
  private static let orders = ["gt", "gte", "lt", "lte", "eq", "neq"]

  static func read(
    _ node: YAMLNode, _ heading: SigmaHeading, _ document: YAMLMapping,
    _ refusals: inout SigmaDetectionReader
  ) throws(ConfigurationError) -> SigmaCorrelation {
    let map = try node.mapping(allowed: keys)
    let name = try map.required("type").choice(of: SigmaCorrelation.Kind.allCases.map(\.rawValue))
    let kind = SigmaCorrelation.Kind(rawValue: name) ?? .eventCount
    let rulesNode = try map.required("rules")
    let rules = try rulesNode.texts()
    guard (kind.isTemporal ? 2 : 1)...CorrelationWindow.stepLimit ~= rules.count else {
      throw rulesNode.error(
        kind.isTemporal
          ? "'\(name)' joins 2 to \(CorrelationWindow.stepLimit) rules"
          : "1 to \(CorrelationWindow.stepLimit) rules are wanted here",
        found: "\(rules.count)")
    }
    let generate = try map.flag("generate")
    let outer = try document.flag("generate")
    var correlation = SigmaCorrelation(
      heading: heading, kind: kind, rules: rules, groupBy: try map.texts("group-by"),
      span: try span(try map.required("timespan")), bounds: [], percentile: 50, aliases: [:],
      generates: generate ?? outer ?? false)
    if let aliases = map["aliases"] {
      for alias in try aliases.mapping().pairs {
        var fields: [String: String] = [:]
        for pair in try alias.value.mapping().pairs {
          fields[try pair.key.text()] = try pair.value.text()
        }
        correlation.aliases[try alias.key.text()] = fields
      }
    }
    guard let condition = map["condition"] else {
      if kind.isTemporal { return correlation }
      throw node.error("'condition' is missing", hint: "as in condition: { gte: 10 }")
    }
    if case .scalar = condition.content, kind.isTemporal {
      refusals.refuse(
        condition.error(
          "a condition over the names of rules is not read",
          hint: "leave it out: all rules have to match"))
      return correlation
    }
    try read(condition, into: &correlation)
    return correlation
  }

  private static func read(
    _ node: YAMLNode, into correlation: inout SigmaCorrelation
  ) throws(ConfigurationError) {
    let map = try node.mapping(allowed: orders + ["field", "percentile"])
    for order in orders {
      guard let bound = map[order], let order = NumberOrder(rawValue: order) else { continue }
      let value = try bound.number()
      if !correlation.kind.isTemporal,
        correlation.kind == .eventCount
          || correlation.kind == .valueCount, value > Double(CorrelationWindow.itemLimit)
      {
        throw bound.error(
          "more than a window holds", found: "\(value)",
          hint: "\(CorrelationWindow.itemLimit) at most")
      }
      correlation.bounds.append((order, value))
    }
    guard !correlation.bounds.isEmpty || correlation.kind.isTemporal else {
      throw node.error("a number to compare with is missing", allowed: orders)
    }
    correlation.field = try map.text("field")
    if correlation.kind.needsField, correlation.field == nil {
      throw node.error("'field' is missing", hint: "the field whose values are counted")
    }
    if let percentile = map["percentile"] {
      let value = try percentile.number()
      guard (0...100).contains(value) else {
        throw percentile.error("a percentile is 0 to 100", found: "\(value)")
      }
      correlation.percentile = value
    }
  }

  /// Nanoseconds of `10s`, `5m`, `1h`, `7d`; a month has 30 days, a year 365.
  private static func span(_ node: YAMLNode) throws(ConfigurationError) -> Int64 {
    let text = try node.text()
    let units: [Character: Int64] = [
      "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_592_000, "y": 31_536_000,
    ]
    guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()),
      count > 0, count <= 31_536_000_000 / unit
    else {
      throw node.error(
        "not a timespan", found: text, hint: "a whole number and s, m, h or d, as in 10m")
    }
    return count * unit * 1_000_000_000
  }
}
