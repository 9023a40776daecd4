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
  private var table: FixedBuffer<Int32>
  private var newest: Int32 = -1
  private var oldest: Int32 = -1
  private let seed: UInt64

  /// - Parameter limit: 1 to 2^24 keys.
  package init(limit: Int) {
    self.limit = min(max(limit, 1), 1 << 24)
    table = FixedBuffer(repeating: -1, count: 16)
    nodes = FixedBuffer(repeating: Node(key: 0, newer: -1, older: -1), count: 8)
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  package var count: Int { nodeCount - free.count }

  /// The slot of `key`, which becomes the most recently used; made where it is new.
  package mutating func use(_ key: UInt64) -> Found {
    if newest >= 0, nodes[Int(newest)].key == key { return Found(slot: Int(newest), isNew: false) }
    var at = place(of: key)
    let slot = table[at]
    if slot >= 0 {
      unlink(slot)
      linkNewest(slot)
      return Found(slot: Int(slot), isNew: false)
    }
    if count == limit {
      evicted += 1
      erase(oldest)
      at = place(of: key)
    } else if (count + 1) * 2 > table.count {
      grow()
      at = place(of: key)
    }
    let fresh: Int32
    if let recycled = free.popLast() {
      fresh = recycled
      nodes[Int(fresh)].key = key
    } else {
      fresh = Int32(nodeCount)
      nodeCount += 1
      nodes[Int(fresh)].key = key
    }
    table[at] = fresh
    linkNewest(fresh)
    return Found(slot: Int(fresh), isNew: true)
  }

  /// The slot of `key`, whose place in the order of use stays.
  package func find(_ key: UInt64) -> Int? {
    let slot = table[place(of: key)]
    return slot < 0 ? nil : Int(slot)
  }

  package mutating func remove(_ key: UInt64) {
    let slot = table[place(of: key)]
    if slot >= 0 { erase(slot) }
  }

  /// Where `key` stands in the table, or the empty place where it would.
  private func place(of key: UInt64) -> Int {
    let mask = table.count - 1
    var at = home(of: key)
    while table[at] >= 0, nodes[Int(table[at])].key != key { at = (at + 1) & mask }
    return at
  }

  private func home(of key: UInt64) -> Int {
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (table.count - 1)
  }

  private mutating func erase(_ slot: Int32) {
    let mask = table.count - 1
    var hole = place(of: nodes[Int(slot)].key)
    var at = (hole + 1) & mask
    while table[at] >= 0 {
      let wanted = home(of: nodes[Int(table[at])].key)
      if (at &- wanted) & mask >= (at &- hole) & mask {
        table[hole] = table[at]
        hole = at
      }
      at = (at + 1) & mask
    }
    table[hole] = -1
    unlink(slot)
    free.append(slot)
  }

  private mutating func grow() {
    table = FixedBuffer(repeating: -1, count: table.count * 2)
    var more = FixedBuffer(
      repeating: Node(key: 0, newer: -1, older: -1), count: table.count / 2)
    for slot in 0..<nodeCount { more[slot] = nodes[slot] }
    nodes = more
    var slot = newest
    while slot >= 0 {
      table[place(of: nodes[Int(slot)].key)] = slot
      slot = nodes[Int(slot)].older
    }
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
