/// Templates by the keys that relatives of a phase share: who may be in one family with a new template.
///
/// Chains of entries in one array, newest first, for all phases together; templates that are no more leave them
/// when they are met, and all that are left when the array is to grow. A chain holds what has the same 32
/// bits of its key's hash, so that now and then one is met that is no relative: phases bear that.
/// - Cost: 12 bytes an entry and 4 to 8 for its place among the heads.
struct KinIndex {
  private struct Link {
    var template: Int32
    var next: Int32
    var tag: UInt32
  }

  private var heads = [Int32](repeating: -1, count: 256)
  private var links: [Link] = []

  private static func tag(_ key: UInt64, _ kinship: Kinship) -> UInt32 {
    let salted = key ^ kinship.rawValue &* 0x9e37_79b9_7f4a_7c15
    return UInt32(truncatingIfNeeded: (salted &* 0xbf58_476d_1ce4_e5b9) >> 32)
  }

  /// - Parameter isLive: whether a template is still in play.
  mutating func insert(
    _ template: Int, under key: UInt64, of kinship: Kinship, _ isLive: (Int) -> Bool
  ) {
    if links.count == heads.count { sweep(isLive) }
    link(Int32(template), Self.tag(key, kinship))
  }

  private mutating func link(_ template: Int32, _ tag: UInt32) {
    let head = Int(tag) & (heads.count &- 1)
    links.appendTightly(Link(template: template, next: heads[head], tag: tag))
    heads[head] = Int32(links.count - 1)
  }

  /// Drops those that are no more, and doubles the heads where many are left.
  private mutating func sweep(_ isLive: (Int) -> Bool) {
    links.removeAll { !isLive(Int($0.template)) }
    let wanted = links.count * 4 > heads.count * 3 ? heads.count * 2 : heads.count
    heads = [Int32](repeating: -1, count: wanted)
    for index in links.indices {
      let head = Int(links[index].tag) & (wanted &- 1)
      links[index].next = heads[head]
      heads[head] = Int32(index)
    }
  }

  /// Visits the templates of a key; `body` tells whether one is still in play, and is not shown others again.
  mutating func forEach(_ key: UInt64, of kinship: Kinship, _ body: (Int) -> Bool) {
    let tag = Self.tag(key, kinship)
    let head = Int(tag) & (heads.count &- 1)
    var at = heads[head]
    var before: Int32 = -1
    while at >= 0 {
      let link = links[Int(at)]
      if link.tag != tag || body(Int(link.template)) {
        before = at
      } else if before >= 0 {
        links[Int(before)].next = link.next
      } else {
        heads[head] = link.next
      }
      at = link.next
    }
  }
}

/// What relatives of a phase have in common; phases with the same kinship share their entries in the index.
enum Kinship: UInt64 {
  case columns = 1
  case bucket, skeleton, coarse, plainWords, edges, spans
}
