internal import Flow
internal import Model

/// That a rule's condition holds, for which labels, and the figures that show it.
struct Evidence: Sendable {
  var labels: [String: String] = [:]
  var annotations: [String: String] = [:]
  var summary = ""
  var description = ""
  /// The group whose further entries keep the alert up.
  var group: GroupID?
  /// The insight that it comes from.
  var insight: String?

  init() {}

  /// All label sets for which a condition holds in a closed minute.
  static func holding(
    _ condition: AlertCondition, _ facts: MinuteFacts, _ findings: [Finding], _ opened: [Insight],
    _ casebook: some Casebook
  ) -> [Evidence] {
    switch condition {
    case .errorsExceed: findings.compactMap { exceedance($0, casebook) }
    case .newErrorGroup: opened.compactMap { newGroup($0) }
    case .errors(let above):
      facts.errors > above ? [errors(facts.errors, above: above, facts)] : []
    case .errorShare(let above, let minimum):
      facts.entries >= max(1, minimum)
        && Double(facts.errors) > above * Double(facts.entries)
        ? [share(facts, above: above)] : []
    case .entry, .security: []
    }
  }

  /// That of a security insight.
  init(security insight: Insight) {
    labels = ["detector": insight.detector?.name ?? "", "severity": insight.severity.name]
    if let service = insight.service { labels["service"] = service }
    for part in insight.attribution where labels[part.field] == nil {
      labels[part.field.split(separator: ".").joined(separator: "_")] = part.value
    }
    if !insight.tags.isEmpty { annotations["tags"] = insight.tags.joined(separator: " ") }
    summary = insight.title
    description = insight.summary
    self.insight = insight.id
  }

  private static func exceedance(_ finding: Finding, _ casebook: some Casebook) -> Evidence? {
    guard finding.kind == .exceeds else { return nil }
    var evidence = Evidence()
    let reading = finding.reading
    switch finding.series {
    case .allErrors: break
    case .serviceErrors(let symbol): evidence.labels["service"] = casebook.name(of: symbol)
    case .service, .group: return nil
    }
    let service = evidence.labels["service"]
    evidence.labels["detector"] = reading.name
    evidence.labels["type"] = "spike"
    evidence.annotations = [
      "detector": reading.name, "timestamp": finding.minute.start.description,
      "actual": decimal(reading.actual), "typical": decimal(reading.typical),
      "upper": decimal(reading.upper ?? 0),
    ]
    evidence.summary =
      "\(service.map { "\($0): " } ?? "")\(decimal(reading.actual)) errors in a minute"
    evidence.description =
      "\(decimal(reading.actual)) errors in the minute from \(finding.minute.start), above "
      + "\(decimal(reading.upper ?? 0)) (\(reading.name), mean \(decimal(reading.typical)) over "
      + "\(reading.count) minutes)."
    return evidence
  }

  private static func newGroup(_ insight: Insight) -> Evidence? {
    guard insight.type == .newGroup, let group = insight.group else { return nil }
    var evidence = Evidence()
    evidence.labels["group"] = group.id.description
    if let service = insight.service { evidence.labels["service"] = service }
    if insight.severity == .info { evidence.labels["severity"] = insight.severity.name }
    evidence.annotations["template"] = group.template
    evidence.summary = insight.title
    evidence.description = insight.summary
    evidence.group = group.id
    evidence.insight = insight.id
    return evidence
  }

  private static func errors(_ count: Int, above: Int, _ facts: MinuteFacts) -> Evidence {
    var evidence = Evidence()
    evidence.annotations = ["actual": String(count), "upper": String(above)]
    evidence.summary = "\(count) errors in a minute"
    evidence.description =
      "\(count) errors in the minute from \(facts.minute.start); more than \(above) are too many."
    return evidence
  }

  private static func share(_ facts: MinuteFacts, above: Double) -> Evidence {
    let share = Double(facts.errors) / Double(facts.entries)
    var evidence = Evidence()
    evidence.annotations = ["actual": decimal(share), "upper": decimal(above)]
    evidence.summary = "\(decimal(share * 100)) % of the entries are errors"
    evidence.description =
      "\(facts.errors) of \(facts.entries) entries in the minute from \(facts.minute.start) are "
      + "errors, more than \(decimal(above * 100)) %."
    return evidence
  }

  /// Up to three decimal places, no trailing zeros.
  static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "0" }
    let thousandths = Int((abs(value) * 1000).rounded())
    let sign = value < 0 && thousandths > 0 ? "-" : ""
    var text = "\(sign)\(thousandths / 1000)"
    let rest = thousandths % 1000
    if rest > 0 {
      var digits = String(rest + 1000).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    return text
  }
}
