internal import Bytes
internal import Flow
package import Model

/// Gives each entry its security signal: what it means to those who watch for attacks.
///
/// A web request is judged by its address, its client's name and its answer; anything else by the category,
/// outcome and action that a pattern gave it. A pure function of the entry's bytes.
/// - Cost: a look at the names of an entry's fields; an address is scanned once, 1.5 ns a byte.
package struct SignalReader: ~Copyable, BatchStage {
  private let roles: FieldRoles
  private let actions = ActionSignals()

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
    guard
      entry.category == .security || parts.address != nil || parts.action != nil
        || parts.status != nil
    else { return }
    let status = parts.status.map { number(arenas.bytes(fields[$0].value)) } ?? 0
    let answer = Answer(status, entry)
    let signal = signal(of: entry, parts, answer, fields, arenas)
    if signal != .none { entry.signal = signal }
    if isRefusal(signal, answer, parts) {
      entry.category = .security
      entry.outcome = .failure
    }
  }

  /// Whether an entry tells of a login that a web server refused (401), of a request that was none (400), or of
  /// what no innocent client asks for and did not get. It is of category security then, outcome failure.
  private func isRefusal(_ signal: SecuritySignal, _ answer: Answer, _ parts: SignalParts) -> Bool {
    guard answer.isRefused else { return false }
    switch signal {
    case .webAttack, .webProbe, .scannerAgent: return true
    default: return answer.status == 401 || answer.status == 400 && parts.method == nil
    }
  }

  private func signal(
    of entry: borrowing Entry, _ parts: SignalParts, _ answer: Answer, _ fields: Span<Field>,
    _ arenas: ArenaPair
  ) -> SecuritySignal {
    let status = answer.status
    if let address = parts.address {
      let request = request(fields[address].value, parts, answer, fields, arenas)
      if request != .none { return request }
    }
    if let action = parts.action,
      let told = actions.signal(arenas.bytes(fields[action].value), entry)
    {
      if told == .blockedPacket, parts.destinationPort == nil { return .none }
      return told
    }
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

  /// What a web request is, by its address, its client and its answer.
  private func request(
    _ address: ByteRange, _ parts: SignalParts, _ answer: Answer, _ fields: Span<Field>,
    _ arenas: ArenaPair
  ) -> SecuritySignal {
    let signs = WebSigns.address.look(arenas.bytes(address), limit: WebSigns.limit)
    if signs & WebSigns.attack != 0 { return .webAttack }
    if let agent = parts.agent {
      let told = WebSigns.agent.look(arenas.bytes(fields[agent].value), limit: 512)
      if told != 0 { return .scannerAgent }
    }
    let status = answer.status
    if has(parts.method, "POST", fields, arenas),
      status == 401 || signs & WebSigns.login != 0 && (status < 300 || status == 403)
    {
      return .webLogin
    }
    if signs & WebSigns.probe != 0
      || answer.isRefused
        && (signs & WebSigns.admin != 0 || has(parts.method, "CONNECT", fields, arenas))
    {
      return .webProbe
    }
    return answer.isRefused && status != 0 ? .webRefused : .none
  }

  private func has(
    _ field: Int?, _ value: StaticString, _ fields: Span<Field>, _ arenas: ArenaPair
  ) -> Bool {
    guard let field else { return false }
    return arenas.bytes(fields[field].value).equals(value)
  }

  private func number(_ digits: Span<UInt8>) -> Int {
    var value = 0
    for at in 0..<min(digits.count, 6) where digits[at] &- 0x30 < 10 {
      value = value * 10 + Int(digits[at] &- 0x30)
    }
    return value
  }
}
