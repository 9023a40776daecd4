package import Model

/// Which captured fields are measures, which are texts whose mix is watched, and which one is the HTTP status.
///
/// - Layout: a byte for each name of the catalogue, filled once.
package struct FieldRoles: Sendable {
  enum Role: UInt8 {
    case none, seconds, milliseconds, microseconds, nanoseconds, bytes, number, text
  }

  private static let texts: Set<String> = [
    "user.name", "source.user.name", "destination.user.name", "http.request.method", "http.version",
    "event.reason", "event.action", "event.code", "error.type", "url.domain", "source.domain",
    "destination.domain", "network.transport", "network.protocol", "user_agent.name",
    "database.name", "tls.version", "tls.cipher", "service.version", "rule.name",
    "order.venue", "order.reject_reason",
  ]

  private var roles: [UInt8]
  private let names: [String]
  let status: FieldName

  package init(_ names: FieldNames) {
    self.names = names.names
    roles = names.names.map { Self.role(of: $0).rawValue }
    status = WellKnownField.status.name
  }

  /// No field plays a part.
  package init() {
    names = []
    roles = []
    status = .spelled
  }

  private static func role(of name: String) -> Role {
    if texts.contains(name) { return .text }
    if name == "event.duration" || name.hasSuffix("duration_ns") { return .nanoseconds }
    for (suffix, role) in [
      ("duration_us", Role.microseconds), ("duration_ms", .milliseconds), ("_ms", .milliseconds),
      ("duration_s", .seconds), ("_seconds", .seconds), ("duration", .seconds),
      ("latency", .seconds), ("bytes", .bytes), (".size", .bytes),
    ] where name.hasSuffix(suffix) {
      return role
    }
    return name.hasSuffix("_count") || name.hasSuffix(".count") ? .number : .none
  }

  @inline(__always)
  func role(of name: FieldName) -> Role {
    let at = Int(name.number)
    return at < roles.count ? Role(rawValue: roles[at]) ?? .none : .none
  }

  func name(of field: FieldName) -> String {
    Int(field.number) < names.count ? names[Int(field.number)] : ""
  }
}

extension FieldRoles.Role {
  var measure: Measure? {
    switch self {
    case .none, .text: nil
    case .seconds, .milliseconds, .microseconds, .nanoseconds: .duration
    case .bytes: .size
    case .number: .number
    }
  }

  /// What a bare number of it is to be multiplied by.
  var factor: Double {
    switch self {
    case .milliseconds: 1e-3
    case .microseconds: 1e-6
    case .nanoseconds: 1e-9
    default: 1
    }
  }
}
