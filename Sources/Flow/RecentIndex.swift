internal import Bytes

/// A bounded map from 64-bit keys to dense slots, least recently used out first.
///
/// Open addressing (linear probing, at most half full, deletion by shifting back) over the slots; the
/// order of use is a list linked through them. Slots are small ints from 0, so what belongs to a key
/// stands in flat arrays of the caller. About 10 ns a look-up while the table is in the cache.
/// - Limits: `limit` keys; each one pushed out is counted in `evicted`.
/// - Invariant: places of the table depend on a seed of the process (input may be hostile), slots and
///   evictions on the order of the calls alone.
package struct RecentIndex: ~Copyable {
  package struct Found {
    package var slot: Int
    /// The slot was empty or another key's: the caller resets what it keeps there.
    package var isNew: Bool
  }

  package struct Node: BitwiseCopyable {
    fileprivate var key: UInt64
    fileprivate var newer: Int32
    fileprivate var older: Int32
  }

  package let limit: Int
  package private(set) var evicted = 0
  /// Half as many as the table has places.
  private var nodes: FixedBuffer<Node>
  private var nodeCount = 0
  private var free: [Int32] = []
  /// A tag, the half of the key's hash that tells its home, above the slot and 1; 0 where it is empty. The
  /// tag tells nearly all other keys apart without a look at their nodes.
  private var table: FixedBuffer<UInt64>
  private var newest: Int32 = -1
  private var oldest: Int32 = -1
  private let seed: UInt64

  /// - Parameter limit: 1 to 2^24 keys.
  package init(limit: Int) {
    self.limit = min(max(limit, 1), 1 << 24)
    table = FixedBuffer(repeating: 0, count: 16)
    nodes = FixedBuffer(repeating: Node(key: 0, newer: -1, older: -1), count: 8)
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  package var count: Int { nodeCount - free.count }

  /// The slot of `key`, which becomes the most recently used; made where it is new.
  package mutating func use(_ key: UInt64) -> Found {
    if newest >= 0, nodes[Int(newest)].key == key { return Found(slot: Int(newest), isNew: false) }
    let tag = tag(of: key)
    var at = place(of: key, tag)
    if let slot = slot(at) {
      unlink(slot)
      linkNewest(slot)
      return Found(slot: Int(slot), isNew: false)
    }
    if count == limit {
      evicted += 1
      erase(oldest)
      at = place(of: key, tag)
    } else if (count + 1) * 2 > table.count {
      grow()
      at = place(of: key, tag)
    }
    let fresh: Int32
    if let recycled = free.popLast() {
      fresh = recycled
    } else {
      fresh = Int32(nodeCount)
      nodeCount += 1
    }
    nodes[Int(fresh)].key = key
    table[at] = tag | UInt64(fresh + 1)
    linkNewest(fresh)
    return Found(slot: Int(fresh), isNew: true)
  }

  /// The slot of `key`, whose place in the order of use stays.
  package func find(_ key: UInt64) -> Int? {
    slot(place(of: key, tag(of: key))).map { Int($0) }
  }

  /// Hands out keys and slots, the one used longest ago first.
  package func forEach(_ body: (_ key: UInt64, _ slot: Int) -> Void) {
    var slot = oldest
    while slot >= 0 {
      body(nodes[Int(slot)].key, Int(slot))
      slot = nodes[Int(slot)].newer
    }
  }

  package mutating func remove(_ key: UInt64) {
    if let slot = slot(place(of: key, tag(of: key))) { erase(slot) }
  }

  /// The slot that a place of the table holds.
  private func slot(_ place: Int) -> Int32? {
    let entry = table[place]
    return entry == 0 ? nil : Int32(truncatingIfNeeded: entry & 0xffff_ffff) - 1
  }

  /// Where `key` stands in the table, or the empty place where it would.
  private func place(of key: UInt64, _ tag: UInt64) -> Int {
    let mask = table.count - 1
    var at = home(of: tag)
    while true {
      let entry = table[at]
      if entry == 0 { return at }
      if (entry ^ tag) >> 32 == 0, nodes[Int(entry & 0xffff_ffff) - 1].key == key { return at }
      at = (at + 1) & mask
    }
  }

  /// Half of the key's hash, in the upper half of the word.
  private func tag(of key: UInt64) -> UInt64 {
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return (product.high ^ product.low) << 32
  }

  private func home(of tag: UInt64) -> Int { Int(tag >> 32) & (table.count - 1) }

  private mutating func erase(_ slot: Int32) {
    let mask = table.count - 1
    let key = nodes[Int(slot)].key
    var hole = place(of: key, tag(of: key))
    var at = (hole + 1) & mask
    while table[at] != 0 {
      let wanted = home(of: table[at])
      if (at &- wanted) & mask >= (at &- hole) & mask {
        table[hole] = table[at]
        hole = at
      }
      at = (at + 1) & mask
    }
    table[hole] = 0
    unlink(slot)
    free.append(slot)
  }

  private mutating func grow() {
    var old = FixedBuffer<UInt64>(repeating: 0, count: table.count * 2)
    swap(&old, &table)
    for place in 0..<old.count where old[place] != 0 {
      var at = home(of: old[place])
      while table[at] != 0 { at = (at + 1) & (table.count - 1) }
      table[at] = old[place]
    }
    nodes = FixedBuffer(
      nodes, grownTo: table.count / 2, with: Node(key: 0, newer: -1, older: -1))
  }

  private mutating func unlink(_ slot: Int32) {
    let node = nodes[Int(slot)]
    if node.newer >= 0 { nodes[Int(node.newer)].older = node.older } else { newest = node.older }
    if node.older >= 0 { nodes[Int(node.older)].newer = node.newer } else { oldest = node.newer }
  }

  private mutating func linkNewest(_ slot: Int32) {
    nodes[Int(slot)].newer = -1
    nodes[Int(slot)].older = newest
    if newest >= 0 { nodes[Int(newest)].newer = slot } else { oldest = slot }
    newest = slot
  }
}
