internal import Alerting
internal import Bytes
internal import Model
internal import Security

/// A rule as `taffrail rules list` shows it.
struct RuleListing {
  var kind: String
  var name: String
  var condition: String
  var severity: String
  var tags: [String] = []

  static var alerts: [RuleListing] {
    AlertRule.builtIn.map {
      RuleListing(
        kind: "alert", name: $0.name, condition: words($0), severity: $0.severity.name)
    }
  }

  static var watches: [RuleListing] {
    WatchListing.builtIn.map {
      RuleListing(
        kind: "security", name: $0.name, condition: $0.condition, severity: $0.severity.name,
        tags: $0.tags)
    }
  }

  static func sigma(_ rules: SigmaRules) -> [RuleListing] {
    rules.headings.map {
      RuleListing(
        kind: "sigma", name: $0.heading.title, condition: $0.what,
        severity: $0.heading.level.name, tags: $0.heading.tags)
    }
  }

  private static func words(_ rule: AlertRule) -> String {
    let condition =
      switch rule.condition {
      case .errorsExceed: "errors exceed what is usual"
      case .newErrorGroup: "an error group that was never seen"
      case .errors(let above): "more than \(above) errors in a minute"
      case .errorShare(let above, let minimum):
        "more than \(above * 100) % errors in a minute of at least \(minimum) entries"
      case .entry(let least): "an entry of severity \(least.name) or worse"
      case .security: "a security insight of severity warning or above"
      }
    return condition + (rule.holdSeconds > 0 ? ", for \(rule.holdSeconds) s" : "")
  }

  static func table(_ listings: [RuleListing]) -> String {
    let width = min(listings.map(\.name.count).max() ?? 0, 40)
    return listings.map { listing in
      let name = listing.name + String(repeating: " ", count: max(0, width - listing.name.count))
      let kind = listing.kind + String(repeating: " ", count: max(0, 8 - listing.kind.count))
      let severity =
        listing.severity + String(repeating: " ", count: max(0, 8 - listing.severity.count))
      let tags = listing.tags.isEmpty ? "" : "  " + listing.tags.joined(separator: " ")
      return "\(kind)  \(severity)  \(name)  \(listing.condition)\(tags)\n"
    }.joined()
  }

  var json: String {
    var writer = ByteWriter()
    writer.write("{\"kind\":")
    writer.writeJSON(string: kind)
    for (key, value) in [("name", name), ("condition", condition), ("severity", severity)] {
      writer.write(",\"\(key)\":")
      writer.writeJSON(string: value)
    }
    if !tags.isEmpty {
      writer.write(",\"tags\":")
      RuleReportText.write(tags, to: &writer)
    }
    writer.write("}\n")
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
