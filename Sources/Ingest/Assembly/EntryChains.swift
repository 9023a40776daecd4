import Bytes
import Model

/// Which entries of a batch belong to which: a chain from each first line to its last.
struct EntryChains {
  /// Entry behind each entry in its chain, or 0.
  private var links: [UInt32] = []
  private var roots: [Int] = []

  mutating func removeAll() {
    links.removeAll(keepingCapacity: true)
    roots.removeAll(keepingCapacity: true)
  }

  /// Puts entry `next` behind entry `last` of the chain that begins with `root`.
  mutating func link(_ last: Int, to next: Int, isFirst: Bool, of root: Int, in batch: Batch) {
    while links.count < batch.entries.count { links.append(0) }
    if isFirst { roots.append(root) }
    links[last] = UInt32(truncatingIfNeeded: next)
    batch.entries[next].flags.insert(.continuation)
  }

  /// Joins the texts of all chains and drops what was joined; only entries before `end` are kept.
  ///
  /// - Returns: how many entries were joined to others.
  mutating func finish(_ batch: Batch, before end: Int) -> Int {
    for root in roots where root < end { write(root, between: 0x0a, batch) }
    if end < batch.entries.count { batch.entries.removeSubrange(end...) }
    guard !roots.isEmpty else { return 0 }
    let before = batch.entries.count
    batch.entries.removeAll { $0.flags.contains(.continuation) }
    return before - batch.entries.count
  }

  /// Notes the joined text of a chain as its first entry's message, and forgets the chain; where the side
  /// arena is full, the first message stays alone.
  mutating func write(_ root: Int, between mark: UInt8?, _ batch: Batch) {
    guard root < links.count, links[root] != 0 else { return }
    let arenas = batch.arenas
    let side = arenas.side
    let start = side.count
    var at = root
    var isKept = true
    while isKept {
      isKept = side.append(arenas.bytes(batch.entries[at].message)) != nil
      let next = Int(links[at])
      if next == 0 { break }
      if let mark { isKept = side.append(mark) && isKept }
      at = next
    }
    links[root] = 0
    guard isKept else { return side.truncate(to: start) }
    batch.entries[root].message = ByteRange(start, count: side.count - start, inSide: true)
    batch.entries[root].flags.insert(.joined)
  }
}
