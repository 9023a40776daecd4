/// Numbers by the hash of what they stand for, which their owner keeps: open addressing over one flat array.
///
/// A dictionary holds its keys beside what it gives, three to six times as much as this.
/// - Layout: a number and one in 32 bits, 0 where there is none; at most half full.
/// - Invariant: where a number stands depends on a seed of the process (hashes may be chosen by whoever writes
///   the log); nothing that is told depends on it.
struct NumberTable {
  private var slots = [UInt32](repeating: 0, count: 64)
  private var count = 0
  private let seed: UInt64

  init() {
    var random = SystemRandomNumberGenerator()
    seed = random.next() | 1
  }

  /// The first number under a hash of which `isWanted` says that it is the one.
  @inline(__always)
  func first(_ hash: UInt64, _ isWanted: (Int) -> Bool) -> Int? {
    let mask = slots.count &- 1
    var at = home(hash)
    while slots[at] != 0 {
      let number = Int(slots[at]) &- 1
      if isWanted(number) { return number }
      at = (at &+ 1) & mask
    }
    return nil
  }

  /// Notes a number that is not there yet.
  ///
  /// - Parameter hash: of a number that is there, or nil for one that nobody will look for any more: it leaves
  ///   the table when that is full.
  mutating func insert(_ number: Int, under own: UInt64, hash: (Int) -> UInt64?) {
    if (count + 1) * 2 > slots.count { grow(hash) }
    put(UInt32(number + 1), own)
    count += 1
  }

  private func home(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &* seed) >> 32) & (slots.count &- 1)
  }

  private mutating func put(_ slot: UInt32, _ hash: UInt64) {
    var at = home(hash)
    while slots[at] != 0 { at = (at &+ 1) & (slots.count &- 1) }
    slots[at] = slot
  }

  private mutating func grow(_ hash: (Int) -> UInt64?) {
    let old = slots
    var left = 1
    for slot in old where slot != 0 && hash(Int(slot) - 1) != nil { left += 1 }
    slots = [UInt32](repeating: 0, count: left * 4 > old.count ? old.count * 2 : old.count)
    count = 0
    for slot in old where slot != 0 {
      guard let hash = hash(Int(slot) - 1) else { continue }
      put(slot, hash)
      count += 1
    }
  }
}

extension Array {
  /// Appends; a large array grows by a quarter, not twofold, so that little of it stands empty.
  @inline(__always)
  mutating func appendTightly(_ element: Element) {
    if count == capacity, count > 4096 { reserveCapacity(count + count / 4) }
    append(element)
  }
}
