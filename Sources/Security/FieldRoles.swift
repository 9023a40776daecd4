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
  /// By role, the first field that plays it, and 1; 0 where there is none. A table, since which role a field
  /// plays can't be guessed.
  private var places = InlineArray<32, UInt32>(repeating: 0)

  @inline(__always)
  private func place(_ role: FieldRoles.Role) -> Int? {
    let place = places[Int(role.rawValue)]
    return place == 0 ? nil : Int(place) - 1
  }

  /// An address before a name: what reverse lookup gave may change from entry to entry.
  var source: Int? { place(.source) ?? place(.sourceName) }
  var user: Int? { place(.user) }
  var action: Int? { place(.action) }
  var address: Int? { place(.address) }
  var agent: Int? { place(.agent) }
  var method: Int? { place(.method) }
  var status: Int? { place(.status) }
  var destinationPort: Int? { place(.destinationPort) }
  var query: Int? { place(.query) }
  var version: Int? { place(.version) }
  var reason: Int? { place(.reason) }
  var executable: Int? { place(.executable) }
  var parent: Int? { place(.parent) }
  /// The first field of a source's own name; others follow it in the batch.
  var spelled: Int? { place(.spelled) }

  /// Whether there is anything of what an entry of any category is judged by.
  var areTelling: Bool {
    places[Int(FieldRoles.Role.address.rawValue)] | places[Int(FieldRoles.Role.action.rawValue)]
      | places[Int(FieldRoles.Role.status.rawValue)]
      | places[Int(FieldRoles.Role.spelled.rawValue)]
      | places[Int(FieldRoles.Role.reason.rawValue)] != 0
  }

  init(_ entry: borrowing Entry, _ fields: Span<Field>, _ roles: borrowing FieldRoles) {
    let all = 0..<fields.count
    for index in entry.captureRange.clamped(to: all) { note(index, roles[fields[index].name]) }
    for index in entry.fieldRange.clamped(to: all) { note(index, roles[fields[index].name]) }
  }

  @inline(__always)
  private mutating func note(_ index: Int, _ role: FieldRoles.Role) {
    let known = places[Int(role.rawValue)]
    places[Int(role.rawValue)] = known == 0 ? UInt32(truncatingIfNeeded: index + 1) : known
  }
}
