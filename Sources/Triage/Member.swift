internal import Model

/// An insight of an incident, and the other services that its words name.
///
/// A name counts where a whole word of the template or of an exemplar is that of a service of the run,
/// of four letters at least: shorter ones are words of everyday too often.
struct Member: Sendable {
  static let shortestName = 4

  var insight: Insight
  private(set) var named: Set<String>

  init(_ insight: Insight, services: Set<String>) {
    self.insight = insight
    var words = Self.words(insight.group?.template ?? "")
    for exemplar in insight.exemplars { words.formUnion(Self.words(exemplar.message)) }
    named = words.intersection(services)
    if let own = insight.service { named.remove(own) }
  }

  /// The words of a text's first 4,096 bytes: letters, digits and what stands between them in names, and
  /// the parts of these before the first dot, as in a host's name.
  private static func words(_ text: String) -> Set<String> {
    var found: Set<String> = []
    let bytes = Array(text.utf8.prefix(4096))
    func keep(_ range: Range<Int>) {
      guard range.count >= shortestName, range.count <= 128 else { return }
      found.insert(String(decoding: bytes[range], as: UTF8.self))
    }
    var start = 0
    for at in 0...bytes.count {
      if at < bytes.count, isName(bytes[at]) { continue }
      var end = at
      while end > start, bytes[end - 1] == 0x2e || bytes[end - 1] == 0x2d { end -= 1 }
      keep(start..<end)
      if let dot = bytes[start..<end].firstIndex(of: 0x2e) { keep(start..<dot) }
      start = at + 1
    }
    return found
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5f || byte == 0x2d
      || byte == 0x2e || byte == 0x40
  }
}
