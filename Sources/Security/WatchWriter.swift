internal import Bytes
internal import Flow
internal import Model

/// Writes security insights: their words, and the entry that decided.
struct WatchWriter: Sendable {
  private static let messageLimit = 1024

  let inputName: String
  let source: String
  let user: String
  /// Addresses besides the entry's own that are part of it.
  var others: [String] = []
  /// The program that it is about, and who ran it: field and value.
  var program: [(field: String, value: String)] = []

  func insight(
    _ rule: WatchRule, _ count: Int, _ severity: FindingSeverity, _ entry: Entry, _ batch: Batch,
    _ casebook: some Casebook, _ reference: (EntryPlace) -> String
  ) -> Insight {
    let service = casebook.name(of: entry.service)
    let host = casebook.name(of: entry.host)
    let whose = who(rule)
    var insight = Insight(
      id: Insight.id(
        .security, subject: "\(rule.name)\u{1f}\(whose)\u{1f}\(service)\u{1f}\(host)", group: nil,
        entry.time),
      type: .security, category: .security, severity: severity, at: entry.time,
      decidedAt: entry.time, start: entry.time,
      title: "\(service.isEmpty ? "" : "\(service): ")\(rule.title)\(whose)",
      summary: summary(rule, count, entry.time))
    insight.service = service.isEmpty ? nil : service
    insight.host = host.isEmpty ? nil : host
    insight.tags = rule.tags
    insight.detector = DetectorReading(
      name: rule.name, actual: Double(count), typical: 0,
      upper: Double(rule.threshold * rule.stride),
      count: count, unit: unit(rule))
    if !source.isEmpty, rule.subject != .user || !others.isEmpty {
      insight.attribution.append(Attribution(field: "source.ip", value: source, count: count))
    }
    for other in others {
      insight.attribution.append(Attribution(field: "source.ip", value: other, count: 1))
    }
    if !user.isEmpty, source.isEmpty || rule.subject == .user {
      insight.attribution.append(Attribution(field: "user.name", value: user, count: count))
    }
    if rule.subject == .place {
      for (field, value) in program {
        insight.attribution.append(Attribution(field: field, value: value, count: count))
      }
    }
    insight.exemplars = [
      Exemplar(
        at: entry.time, message: Self.message(entry, batch),
        reference: reference(EntryPlace(of: entry, in: batch)))
    ]
    if entry.context != 0 { insight.contexts = [entry.context] }
    insight.reproduce = reproduce
    return insight
  }

  /// ` from 203.0.113.9`, ` for root`
  private func who(_ rule: WatchRule) -> String {
    switch rule.subject {
    case .source:
      if !source.isEmpty { return " from \(source)" }
      return user.isEmpty ? "" : " for \(user)"
    case .user: return user.isEmpty ? "" : " for \(user)"
    case .place: return ""
    }
  }

  private func summary(_ rule: WatchRule, _ count: Int, _ time: Timestamp) -> String {
    var stamp = ByteWriter(reserving: 24)
    stamp.write(time)
    let clock = String(decoding: stamp.bytes, as: UTF8.self).dropFirst(11).prefix(8)
    let minutes = rule.span / 60
    let window =
      minutes % 60 == 0 && minutes > 60
      ? "\(minutes / 60) hours" : minutes == 1 ? "a minute" : "\(minutes) minutes"
    var text = "At \(clock) UTC: "
    text += count == 1 ? "seen once" : "\(count) \(noun(rule)) in \(window)"
    if !user.isEmpty, rule.subject != .user { text += ", the last for user \(user)" }
    return text + "."
  }

  private func noun(_ rule: WatchRule) -> String {
    switch rule.measure {
    case .distinct(.user): "users"
    case .distinct(.source): "addresses"
    case .distinct(.address): "addresses asked for"
    case .distinct(.destinationPort): "ports"
    case .distinct(.network): "networks"
    case .distinct(.agent): "client names"
    case .entries, .distinct: "times"
    }
  }

  private func unit(_ rule: WatchRule) -> String {
    let what =
      switch rule.measure {
      case .distinct(.user): "users"
      case .distinct(.source): "addresses"
      case .distinct(.address): "urls"
      case .distinct(.destinationPort): "ports"
      case .distinct(.network): "networks"
      case .distinct(.agent): "agents"
      case .entries, .distinct: "entries"
      }
    return "\(what)/\(rule.span / 60)min"
  }

  /// An entry's words, so many as an insight shows.
  static func message(_ entry: Entry, _ batch: Batch) -> String {
    let arenas = batch.arenas
    let bytes = arenas.bytes(entry.message)
    var end = min(bytes.count, Self.messageLimit)
    if end < bytes.count {
      while end > 0, end > Self.messageLimit - 4, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    }
    return String(bytes.extracting(0..<end))
  }

  private var reproduce: String? {
    let wanted = source.isEmpty ? user : source
    let isPlain = wanted.utf8.allSatisfy {
      ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2e || $0 == 0x3a || $0 == 0x5f
    }
    guard !wanted.isEmpty, isPlain else { return nil }
    return
      "taffrail parse --where \(source.isEmpty ? "user.name" : "source.ip")=\(wanted) \(inputName)"
  }
}
