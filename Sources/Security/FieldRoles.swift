internal import Bytes
internal import Model

/// Which fields watchers look at, by catalogue number.
struct FieldRoles: Sendable {
  enum Role: UInt8 {
    case none, source, sourceName, user, action, address, agent, method, status, destinationPort
    case query, version, reason, network, executable, parent
    /// A name that is no known one: it may say how something ended.
    case spelled
  }

  private var roles: [Role]

  init(_ names: FieldNames) {
    roles = Array(repeating: .none, count: names.names.count)
    for (name, role) in Self.table {
      if let number = names.number(of: name)?.number { roles[Int(number)] = role }
    }
    roles[Int(FieldName.spelled.number)] = .spelled
  }

  @inline(__always)
  subscript(_ name: FieldName) -> Role {
    let at = Int(name.number)
    return at < roles.count ? roles[at] : .none
  }

  /// Of several that an entry has, the first in the entry counts; captures come before fields.
  private static let table: [(String, Role)] = [
    ("source.ip", .source), ("client.ip", .source),
    ("source.address", .sourceName), ("source.domain", .sourceName),
    ("client.address", .sourceName),
    ("user.name", .user), ("user.target.name", .user), ("user.email", .user),
    ("event.action", .action),
    ("url.original", .address), ("url.path", .address), ("url.full", .address),
    ("user_agent.original", .agent),
    ("http.request.method", .method),
    ("http.response.status_code", .status),
    ("destination.port", .destinationPort),
    ("process.executable", .executable), ("process.parent.pid", .parent),
    ("url.query", .query), ("http.version", .version),
    ("event.reason", .reason), ("error.message", .reason), ("error.code", .reason),
  ]
}

/// Where the fields that watchers look at stand in the batch.
struct SignalParts {
  private var sourceAddress: Int?
  private var sourceName: Int?
  /// An address before a name: what reverse lookup gave may change from entry to entry.
  var source: Int? { sourceAddress ?? sourceName }
  private(set) var user: Int?
  private(set) var action: Int?
  private(set) var address: Int?
  private(set) var agent: Int?
  private(set) var method: Int?
  private(set) var status: Int?
  private(set) var destinationPort: Int?
  private(set) var query: Int?
  private(set) var version: Int?
  private(set) var reason: Int?
  private(set) var executable: Int?
  private(set) var parent: Int?
  /// The first field of a source's own name; others follow it in the batch.
  private(set) var spelled: Int?

  init(_ entry: borrowing Entry, _ fields: Span<Field>, _ roles: borrowing FieldRoles) {
    let all = 0..<fields.count
    for index in entry.captureRange.clamped(to: all) { note(index, roles[fields[index].name]) }
    for index in entry.fieldRange.clamped(to: all) { note(index, roles[fields[index].name]) }
  }

  @inline(__always)
  private mutating func note(_ index: Int, _ role: FieldRoles.Role) {
    switch role {
    case .none: break
    case .source: sourceAddress = sourceAddress ?? index
    case .sourceName: sourceName = sourceName ?? index
    case .user: user = user ?? index
    case .action: action = action ?? index
    case .address: address = address ?? index
    case .agent: agent = agent ?? index
    case .method: method = method ?? index
    case .status: status = status ?? index
    case .destinationPort: destinationPort = destinationPort ?? index
    case .query: query = query ?? index
    case .version: version = version ?? index
    case .reason: reason = reason ?? index
    case .spelled: spelled = spelled ?? index
    case .executable: executable = executable ?? index
    case .parent: parent = parent ?? index
    case .network: break
    }
  }
}
