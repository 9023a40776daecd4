internal import Bytes
internal import Flow
package import Model

/// Gives each entry its security signal: what it means to those who watch for attacks.
///
/// A web request is judged by its address, its client's name and its answer; anything else by the category,
/// outcome and action that a pattern gave it, else by what its fields state (`StatedOutcome`). Where a web server
/// refused what no innocent client asks for, or a login (401), the entry is of category security, outcome
/// failure. A pure function of the entry's bytes.
/// - Cost: a look at the names of an entry's fields; an address is scanned once, 1.5 ns a byte.
package struct SignalReader: ~Copyable, BatchStage {
  private let roles: FieldRoles
  private let actions = ActionSignals()
  private let stated = StatedOutcome()

  package init(names: FieldNames) { roles = FieldRoles(names) }

  package mutating func process(_ batch: Batch) {
    let arenas = batch.arenas
    // Out of the batch while they change: an access to a class's property is checked each time.
    var entries: [Entry] = []
    swap(&entries, &batch.entries)
    let fields = batch.fields
    for index in entries.indices {
      if entries[index].captureCount == 0, entries[index].fieldCount == 0 { continue }
      if entries[index].flags.contains(.continuation) { continue }
      judge(&entries[index], fields.span, arenas)
    }
    swap(&entries, &batch.entries)
  }

  @inline(__always)
  private func judge(_ entry: inout Entry, _ fields: Span<Field>, _ arenas: ArenaPair) {
    let parts = SignalParts(entry, fields, roles)
    guard entry.category == .security || parts.areTelling else { return }
    let status = parts.status.map { number(arenas.bytes(fields[$0].value)) } ?? 0
    let request = request(parts, Answer(status, entry), fields, arenas)
    var signal = signal(of: entry, parts, status, request.signal, fields, arenas)
    let isUnstated = entry.outcome == .none
    if request.isRefusal || status == 401 || status == 400 && parts.method == nil {
      entry.becomeAccess(.failure)
    }
    if isUnstated, signal == .none || signal == .webRefused || signal == .webLogin,
      let told = stated.read(entry, parts, fields, arenas)
    {
      entry.becomeAccess(told.outcome)
      signal =
        told.outcome == .success
        ? .acceptedLogin : told.isLogin ? .refusedLogin : .refusedAccess
    }
    if signal != .none { entry.signal = signal }
  }

  private func signal(
    of entry: borrowing Entry, _ parts: SignalParts, _ status: Int, _ request: SecuritySignal,
    _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> SecuritySignal {
    if let action = parts.action,
      let told = actions.signal(arenas.bytes(fields[action].value), entry)
    {
      if told == .connection { return isPublic(parts.source, fields, arenas) ? told : .none }
      if told != .blockedPacket { return told }
      if request == .none { return parts.destinationPort == nil ? .none : told }
    }
    if request != .none { return request }
    if parts.method == nil,
      status == 400 || parts.address == nil && (status == 401 || status == 403)
    {
      return .refusedAccess
    }
    guard entry.category == .security else { return .none }
    switch entry.outcome {
    case .failure:
      if parts.destinationPort != nil { return .blockedPacket }
      return parts.user != nil ? .refusedLogin : .refusedAccess
    case .none, .success, .unknown: return .none
    }
  }

  /// How a web request was answered.
  private struct Answer {
    /// 0 where the entry states none.
    var status: Int
    /// 400 to 499, or a failure where no status stands (an error log).
    var isRefused: Bool

    init(_ status: Int, _ entry: borrowing Entry) {
      self.status = status
      switch status {
      case 400..<500: isRefused = true
      case 0: isRefused = (entry.category, entry.outcome) == (.application, .failure)
      default: isRefused = false
      }
    }
  }

  /// What a web request is, by its address, its client and its answer; and whether it was refused to someone
  /// whom no innocent client would be: an attack, a probe, a scanner, a program that is forbidden.
  private func request(
    _ parts: SignalParts, _ answer: Answer, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> (signal: SecuritySignal, isRefusal: Bool) {
    guard let address = parts.address else { return (.none, false) }
    let text = arenas.bytes(fields[address].value)
    var signs = WebSigns.address.look(decoding: text, limit: WebSigns.limit)
    if let query = parts.query {
      signs |= WebSigns.address.look(
        decoding: arenas.bytes(fields[query].value), limit: WebSigns.limit)
    }
    if signs & WebSigns.attack != 0 { return (.webAttack, answer.isRefused) }
    if let agent = parts.agent {
      let told = WebSigns.agent.look(arenas.bytes(fields[agent].value), limit: 512)
      if told != 0 { return (.scannerAgent, answer.isRefused) }
    }
    let status = answer.status
    if answer.isRefused, let version = parts.version,
      !Self.isVersion(arenas.bytes(fields[version].value))
    {
      return (.webAttack, true)
    }
    if has(parts.method, "POST", fields, arenas),
      status == 401 || signs & WebSigns.login != 0 && (status < 300 || status == 403)
    {
      return (.webLogin, status == 403 && signs & WebSigns.script != 0)
    }
    if signs & WebSigns.probe != 0
      || answer.isRefused
        && (signs & WebSigns.admin != 0 || has(parts.method, "CONNECT", fields, arenas))
    {
      return (.webProbe, answer.isRefused)
    }
    if answer.isRefused, status != 0 {
      return (.webRefused, status == 403 && signs & WebSigns.script != 0)
    }
    return (status < 400 && Self.avoidsCaches(text) ? .cacheBypass : .none, false)
  }

  /// `1.1`, `HTTP/2.0`: one of the versions that there are.
  private static func isVersion(_ text: Span<UInt8>) -> Bool {
    let text = text.has("HTTP/", at: 0) ? text.extracting(5..<text.count) : text
    switch text.count {
    case 1: return text[0] == 0x31 || text[0] == 0x32 || text[0] == 0x33
    case 3:
      return text.equals("1.1") || text.equals("1.0") || text.equals("2.0") || text.equals("3.0")
        || text.equals("0.9")
    default: return true
    }
  }

  /// Whether an address ends in a query of six letters or digits and more and nothing else, behind a slash:
  /// a name of nothing, so that each request reaches the server itself.
  private static func avoidsCaches(_ text: Span<UInt8>) -> Bool {
    guard text.count > 8, let mark = text.scan(for: 0x3f), mark > 0, text[mark - 1] == 0x2f,
      text.count - mark > 6
    else { return false }
    for at in (mark + 1)..<text.count {
      if text[at] &- 0x30 >= 10, (text[at] | 0x20) &- 0x61 >= 26 { return false }
    }
    return true
  }

  private func has(
    _ field: Int?, _ value: StaticString, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> Bool {
    guard let field else { return false }
    return arenas.bytes(fields[field].value).equals(value)
  }

  /// Whether a source is an address of the internet: who belongs to the house connects as often as it likes.
  private func isPublic(_ source: Int?, _ fields: Span<Field>, _ arenas: ArenaPair) -> Bool {
    guard let source else { return false }
    return PublicAddress(arenas.bytes(fields[source].value)) != nil
  }

  private func number(_ digits: Span<UInt8>) -> Int {
    var value = 0
    for at in 0..<min(digits.count, 6) where digits[at] &- 0x30 < 10 {
      value = value * 10 + Int(digits[at] &- 0x30)
    }
    return value
  }
}
