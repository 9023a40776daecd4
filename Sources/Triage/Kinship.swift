internal import Model

/// When two insights belong to one incident.
///
/// They overlap in time (one is open, or ended at most five minutes before the other began) and
/// - name the same service, or
/// - share a correlation id, or
/// - are on one host of a stream that has others, and began within two minutes of each other, or
/// - began within two minutes of each other and the words of one name the other's service, or those of
///   both name a third service, or
/// - began within two minutes of each other and one is about the stream as a whole, or both are silences.
///
/// The incident's own limit comes on top: nothing joins whose onset is more than fifteen minutes from
/// the incident's, so that no chain of overlaps runs on.
enum Kinship {
  static let nearby: Int64 = 120_000_000_000
  static let grace: Int64 = 300_000_000_000
  static let reach: Int64 = 900_000_000_000

  static func overlap(_ a: Insight, _ b: Insight) -> Bool {
    let (first, second) = a.start <= b.start ? (a, b) : (b, a)
    guard let end = first.end else { return true }
    return second.start <= end.advanced(byNanoseconds: grace)
  }

  static func related(_ left: Member, _ right: Member, hasSeveralHosts: Bool) -> Bool {
    let a = left.insight
    let b = right.insight
    guard overlap(a, b) else { return false }
    if let service = a.service, service == b.service { return true }
    if a.contexts.contains(where: { $0 != 0 && b.contexts.contains($0) }) { return true }
    guard within(nearby, a.start, b.start) else { return false }
    if a.type == .absence, b.type == .absence { return true }
    if a.service == nil || b.service == nil { return true }
    if hasSeveralHosts, let host = a.host, host == b.host { return true }
    if let service = b.service, left.named.contains(service) { return true }
    if let service = a.service, right.named.contains(service) { return true }
    return !left.named.isDisjoint(with: right.named)
  }

  static func within(_ span: Int64, _ a: Timestamp, _ b: Timestamp) -> Bool {
    let earlier = min(a, b)
    return max(a, b) <= earlier.advanced(byNanoseconds: span)
  }
}
