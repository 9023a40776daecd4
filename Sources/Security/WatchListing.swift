package import Model

/// A built-in security rule in words.
package struct WatchListing: Sendable {
  package var name: String
  package var condition: String
  package var severity: FindingSeverity
  package var tags: [String]

  /// In the order in which they are asked.
  package static var builtIn: [WatchListing] {
    (WatchRule.builtIn + [WatchRule.takeover, WatchRule.journey]).map {
      WatchListing(
        name: $0.name, condition: words($0), severity: $0.severity, tags: $0.tags)
    }
  }

  private static func words(_ rule: WatchRule) -> String {
    if rule.threshold == 1 { return rule.title }
    let span =
      rule.span % 3600 == 0 ? "\(rule.span / 3600) h" : "\(rule.span / 60) min"
    let what =
      switch rule.measure {
      case .entries: "times"
      case .distinct(.user): "users"
      case .distinct(.source): "addresses"
      case .distinct(.destinationPort): "ports"
      case .distinct(.network): "networks"
      case .distinct: "different ones"
      }
    return "\(rule.title): \(rule.threshold) \(what) in \(span)"
  }
}
