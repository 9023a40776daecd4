internal import Model

/// When two insights belong to one incident.
///
/// They overlap in time (one is open, or ended at most five minutes before the other began) and
/// - name the same service, or
/// - share a correlation id, or
/// - are on one host of a stream that has others, and began within two minutes of each other, or
/// - began within two minutes of each other and the words of one name the other's service, or
/// - began within two minutes of each other and one is about the stream as a whole.
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

  static func related(_ a: Insight, _ b: Insight, hasSeveralHosts: Bool) -> Bool {
    guard overlap(a, b) else { return false }
    if let service = a.service, service == b.service { return true }
    if a.contexts.contains(where: { $0 != 0 && b.contexts.contains($0) }) { return true }
    guard within(nearby, a.start, b.start) else { return false }
    if a.service == nil || b.service == nil { return true }
    if hasSeveralHosts, let host = a.host, host == b.host { return true }
    return names(a, b.service) || names(b, a.service)
  }

  static func within(_ span: Int64, _ a: Timestamp, _ b: Timestamp) -> Bool {
    let earlier = min(a, b)
    return max(a, b) <= earlier.advanced(byNanoseconds: span)
  }

  /// Whether an insight's template or exemplars hold a service's name as a word, three letters at least.
  static func names(_ insight: Insight, _ service: String?) -> Bool {
    guard let service, service.utf8.count >= 3, service != insight.service else { return false }
    if let template = insight.group?.template, holds(template, word: service) { return true }
    return insight.exemplars.contains { holds($0.message, word: service) }
  }

  /// Whether `text` holds `word` with no letter, digit or underscore next to it, whatever the case.
  static func holds(_ text: String, word: String) -> Bool {
    let text = Array(text.utf8.prefix(4096))
    let word = Array(word.utf8)
    guard !word.isEmpty, text.count >= word.count else { return false }
    for start in 0...(text.count - word.count) {
      var at = 0
      while at < word.count, lower(text[start + at]) == lower(word[at]) { at += 1 }
      guard at == word.count else { continue }
      let isOpen = start == 0 || !isWord(text[start - 1])
      let end = start + word.count
      if isOpen, end == text.count || !isWord(text[end]) { return true }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5f
  }
}
