internal import Bytes
internal import Model

/// Tells an entry's traits: by its program, its format, what its pattern captured, and the form of its message.
///
/// One per worker, since symbols are the worker's. A pure function of the entry's bytes.
struct TraitReader: Sendable {
  private let sources: LogSources
  private let ofStructured: LogTraits
  private let ofFields: [LogTraits]
  /// By symbol.
  private var ofNames: [LogTraits] = [LogTraits()]

  private static let fieldTraits: [(String, LogTraits)] = [
    ("process.command_line", .process), ("process.executable", .process),
    ("http.request.method", .web), ("http.response.status_code", .web), ("url.path", .web),
    ("url.original", .web), ("destination.ip", .network), ("destination.port", .network),
    ("dns.question.name", .dns),
  ]

  init(_ sources: LogSources, names: FieldNames) {
    self.sources = sources
    ofStructured = sources.ofStructured
    var ofFields = [LogTraits](repeating: LogTraits(), count: names.names.count)
    for (name, trait) in Self.fieldTraits {
      if let number = names.number(of: name)?.number { ofFields[Int(number)] = trait }
    }
    self.ofFields = ofFields
  }

  mutating func learnNames(_ batch: Batch) {
    if batch.restartsNames { ofNames = [LogTraits()] }
    let arenas = batch.arenas
    for name in batch.newNames {
      while ofNames.count <= name.symbol.index { ofNames.append(LogTraits()) }
      ofNames[name.symbol.index] = sources.traits(ofName: arenas.bytes(name.spelling))
    }
  }

  @inline(__always)
  private func traits(of symbol: Symbol) -> UInt64 {
    symbol.index < ofNames.count ? ofNames[symbol.index].rawValue : 0
  }

  func traits(of entry: Entry, in batch: Batch) -> LogTraits {
    var bits = traits(of: entry.program) | traits(of: entry.service)
    switch entry.format {
    case .json, .logfmt, .otlp, .gelf, .cef, .csv, .leef, .w3c, .winlog:
      bits |= ofStructured.rawValue
    case .clf: bits |= LogTraits.web.rawValue
    case .plain, .journald, .syslog, .cri, .docker, .pack: break
    }
    if entry.captureCount > 0 {
      for index in entry.captureRange.clamped(to: 0..<batch.fields.count) {
        let name = Int(batch.fields[index].name.number)
        if name < ofFields.count { bits |= ofFields[name].rawValue }
      }
    }
    let arenas = batch.arenas
    let message = arenas.bytes(entry.message)
    if bits & LogTraits.audit.rawValue != 0 || Self.looksLikeAudit(message) {
      bits |= Self.ofAudit(message).rawValue
    }
    return LogTraits(rawValue: bits)
  }

  /// `type=… msg=audit(`, also behind `node=…` or `audit: `.
  private static func looksLikeAudit(_ message: Span<UInt8>) -> Bool {
    guard message.count > 16 else { return false }
    switch message[0] {
    case 0x74 where message.has("type=", at: 0), 0x6e where message.has("node=", at: 0),
      0x61 where message.has("audit: ", at: 0):
      return AuditText.has("audit(", in: message.extracting(0..<min(message.count, 256)))
    default: return false
    }
  }

  private static func ofAudit(_ message: Span<UInt8>) -> LogTraits {
    var traits: LogTraits = [.audit]
    guard let type = AuditType(message) else { return traits }
    switch type {
    case .execve, .proctitle, .userCommand: traits.insert(.process)
    case .syscall:
      let starts =
        AuditText.has(" syscall=59 ", in: message) || AuditText.has(" syscall=322 ", in: message)
        || AuditText.has("SYSCALL=execve", in: message)
      if starts { traits.insert(.process) }
    case .path: traits.insert(.file)
    case .address: traits.insert(.network)
    case .other: break
    }
    return traits
  }
}

/// The kinds of audit records that log sources tell apart.
enum AuditType {
  case syscall, path, execve, proctitle, userCommand, address, other

  init?(_ message: Span<UInt8>) {
    guard let range = Self.range(message) else { return nil }
    let type = message.extracting(range)
    self =
      if type.equals("SYSCALL") || type.equals("1300") {
        .syscall
      } else if type.equals("PATH") || type.equals("1302") {
        .path
      } else if type.equals("EXECVE") || type.equals("1309") {
        .execve
      } else if type.equals("PROCTITLE") || type.equals("1327") {
        .proctitle
      } else if type.equals("USER_CMD") || type.equals("1123") {
        .userCommand
      } else if type.equals("SOCKADDR") || type.equals("1306") {
        .address
      } else {
        .other
      }
  }

  /// Where the type stands: behind `type=`, or as the first word, as the journal writes it.
  static func range(_ message: Span<UInt8>) -> Range<Int>? {
    if let found = AuditText.value(of: AuditText.bytes("type").span, in: message) {
      return found.start..<found.end
    }
    var end = 0
    while end < message.count,
      message[end] &- 0x41 < 26 || message[end] == 0x5f || message[end] &- 0x30 < 10
    {
      end += 1
    }
    return end > 2 && end < message.count && message[end] == 0x20 ? 0..<end : nil
  }
}
