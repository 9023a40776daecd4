/// Templates by the keys that relatives of a phase share: who may be in one family with a new template.
///
/// Chains of entries in one array, newest first; templates that are no more leave them when they are met.
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

  /// Visits the templates of a key; `body` tells whether one is still in play, and is not shown others again.
  mutating func forEach(_ key: UInt64, _ body: (Int) -> Bool) {
    guard let head = heads[key] else { return }
    var at = head
    var before: Int32 = -1
    while at >= 0 {
      let link = links[Int(at)]
      if body(Int(link.template)) {
        before = at
      } else if before >= 0 {
        links[Int(before)].next = link.next
      } else if link.next >= 0 {
        heads[key] = link.next
      } else {
        heads[key] = nil
      }
      at = link.next
    }
  }
}
