internal import Bytes
internal import Model

/// What an entry with a signal tells of: from where, for whom, about what; as hashes, 0 where it doesn't say.
struct Sighting: Sendable {
  let signal: SecuritySignal
  let time: Int64
  let source: UInt64
  let user: UInt64
  let address: UInt64
  let port: UInt64
  let agent: UInt64
  /// Of the names of the service and the host that the entry came from, where a rule asks for it.
  let place: UInt64
  private let parts: SignalParts

  /// Where a login came from, as far as it is a place in the internet.
  func origin(in batch: Batch) -> PublicAddress? {
    guard let source = parts.source else { return nil }
    let arenas = batch.arenas
    return PublicAddress(arenas.bytes(batch.fields[source].value))
  }

  init(
    _ entry: borrowing Entry, of batch: borrowing Batch, _ roles: FieldRoles, place: UInt64
  ) {
    let arenas = batch.arenas
    let fields = batch.fields
    parts = SignalParts(entry, fields.span, roles)
    signal = entry.signal
    time = entry.time.nanoseconds
    source = Self.hash(of: parts.source, fields.span, arenas)
    user = Self.hash(of: parts.user, fields.span, arenas)
    address = Self.hash(of: parts.address, fields.span, arenas)
    port = Self.hash(of: parts.destinationPort, fields.span, arenas)
    agent = Self.hash(of: parts.agent, fields.span, arenas)
    self.place = place
  }

  /// For whom a rule counts it; 0 where it is for nobody. A login without an address is counted for
  /// its user, a connection for the service that refused it.
  func subject(of rule: WatchRule.Count) -> UInt64 {
    switch rule.subject {
    case .source where source != 0: source
    case .source:
      switch rule.family {
      case .login, .slowLogin: user
      case .connections: place
      default: 0
      }
    case .user: user
    case .place: place
    }
  }

  /// What a rule counts of it; `serial` where each entry counts.
  func thing(of rule: WatchRule.Count, serial: UInt64) -> UInt64 {
    switch rule.measure {
    case .entries: serial
    case .distinct(.user): user
    case .distinct(.source): source
    case .distinct(.address): address
    case .distinct(.destinationPort): port
    case .distinct(.agent): agent
    case .distinct: 0
    }
  }

  func source(in batch: Batch) -> String { text(of: parts.source, in: batch) }

  func user(in batch: Batch) -> String { text(of: parts.user, in: batch) }

  /// The program that it is about, and the process that ran it.
  func program(in batch: Batch) -> [(field: String, value: String)] {
    [
      ("process.executable", text(of: parts.executable, in: batch)),
      ("process.parent.pid", text(of: parts.parent, in: batch)),
    ].filter { !$0.1.isEmpty }.map { (field: $0.0, value: $0.1) }
  }

  private func text(of field: Int?, in batch: Batch) -> String {
    guard let field else { return "" }
    let arenas = batch.arenas
    let bytes = arenas.bytes(batch.fields[field].value)
    return String(bytes.extracting(0..<min(bytes.count, 128)))
  }

  private static func hash(
    of field: Int?, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> UInt64 {
    guard let field else { return 0 }
    let bytes = arenas.bytes(fields[field].value)
    return bytes.isEmpty ? 0 : StableHash(bytes).high | 1
  }
}
