internal import Flow
internal import Model

/// Ranks an incident's services and groups by how likely the trouble began there.
///
/// Score, 0 to 1: 0.4 for the earliest onset, halved for each 83 s of delay (e-fold two minutes); 0.25
/// for the size of the effect, full at a hundred times the usual; 0.2 where other services' messages
/// name this one (see `silent` for services that don't speak); 0.1 where it was deployed, restarted or booted in the ten minutes before; 0.05 for an
/// error never seen before. Ties go to the earlier onset, then to the insight's id.
enum SuspectRanking {
  static let limit = 10

  static func rank(
    _ members: [Member], _ casebook: some Casebook
  ) -> [Incident.Suspect] {
    guard let first = members.map(\.insight.start).min() else { return [] }
    var ranked: [(suspect: Incident.Suspect, start: Timestamp, id: String)] = []
    for member in members.map(\.insight) where member.service != nil || member.group != nil {
      let (score, why) = judge(member, members, first, casebook)
      ranked.append(
        (
          Incident.Suspect(
            service: member.service, group: member.group, score: score, why: why),
          member.start, member.id
        ))
    }
    ranked += silent(members, first)
    ranked.sort { (-$0.suspect.score, $0.start, $0.id) < (-$1.suspect.score, $1.start, $1.id) }
    var seen: Set<String> = []
    var result: [Incident.Suspect] = []
    for (suspect, _, _) in ranked where result.count < limit {
      let key = "\(suspect.service ?? "")|\(suspect.group?.id.description ?? "")"
      if seen.insert(key).inserted { result.append(suspect) }
    }
    return result
  }

  /// The services whose members' words name a service, in order.
  private static func naming(_ service: String, _ members: [Member]) -> [String] {
    Set(members.filter { $0.named.contains(service) }.compactMap(\.insight.service)).sorted()
  }

  /// Services that at least two others name and that say nothing themselves: a dependency that is down
  /// may not log a word. They count as having been first, without an effect of their own.
  private static func silent(
    _ members: [Member], _ first: Timestamp
  ) -> [(suspect: Incident.Suspect, start: Timestamp, id: String)] {
    let speaking = Set(members.compactMap(\.insight.service))
    let named = members.reduce(into: Set<String>()) { $0.formUnion($1.named) }
    return named.subtracting(speaking).sorted().compactMap { service in
      let by = naming(service, members)
      guard by.count >= 2 else { return nil }
      let why = "named by \(by.prefix(3).joined(separator: ", ")), reports nothing itself"
      return (Incident.Suspect(service: service, group: nil, score: 0.6, why: why), first, service)
    }
  }

  private static func judge(
    _ member: Insight, _ members: [Member], _ first: Timestamp, _ casebook: some Casebook
  ) -> (Double, String) {
    var why: [String] = []
    let delay = Double(member.start.nanoseconds &- first.nanoseconds) / 1e9
    var score = 0.4 * halved(delay / 83)
    why.append(
      delay == 0
        ? "first to show it, at \(Phrases.clock(member.start))"
        : "\(Phrases.number(delay)) s after the first")
    if let reading = member.detector, reading.actual > 0 {
      let ratio = reading.actual / max(reading.typical, 1)
      score += 0.25 * min(1, max(0, digits(ratio) / 2))
      if ratio >= 2 { why.append("\(Phrases.number(ratio)) times the usual") }
    }
    let namedBy = member.service.map { naming($0, members) } ?? []
    if !namedBy.isEmpty {
      score += 0.2
      why.append("named by \(namedBy.prefix(3).joined(separator: ", "))")
    }
    let span: Int64 = 600_000_000_000
    let change = casebook.changes(
      from: member.start.advanced(byNanoseconds: -span),
      to: member.start.advanced(byNanoseconds: 60_000_000_000)
    ).first { casebook.name(of: $0.service) == member.service && !$0.service.isNone }
    if let change {
      score += 0.1
      why.append("\(change.kind.rawValue) at \(Phrases.seconds(change.at))")
    }
    if member.type == .newGroup {
      score += 0.05
      why.append("an error never seen before")
    }
    return ((score * 1000).rounded() / 1000, why.joined(separator: "; "))
  }

  /// 2 to the power of −x, by squaring steps and a straight line between: no need for libm.
  private static func halved(_ x: Double) -> Double {
    var value = 1.0
    var rest = max(0, min(x, 64))
    while rest >= 1 {
      value /= 2
      rest -= 1
    }
    return value * (1 - rest / 2)
  }

  /// Base-10 logarithm, straight between the powers of ten.
  private static func digits(_ x: Double) -> Double {
    var value = 0.0
    var rest = max(1, min(x, 1e6))
    while rest >= 10 {
      value += 1
      rest /= 10
    }
    return value + (rest - 1) / 9
  }
}
