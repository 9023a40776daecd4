/// Templates by the keys that relatives of a phase share: who may be in one family with a new template.
///
/// Chains of entries in one array, newest first; they keep templates that are no more, which their owner skips.
/// - Cost: an insert is one look-up; 8 bytes an entry and some 24 a key.
struct KinIndex {
  private struct Link {
    var template: Int32
    var next: Int32
  }

  private var heads: [UInt64: Int32] = [:]
  private var links: [Link] = []

  mutating func insert(_ template: Int, under key: UInt64) {
    let place = Int32(links.count)
    let before = heads.updateValue(place, forKey: key)
    links.append(Link(template: Int32(template), next: before ?? -1))
  }

  func forEach(_ key: UInt64, _ body: (Int) -> Void) {
    var at = heads[key] ?? -1
    while at >= 0 {
      body(Int(links[Int(at)].template))
      at = links[Int(at)].next
    }
  }
}
