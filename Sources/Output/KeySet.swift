/// Which keys of an entry were met, and how often; emptied in constant time.
///
/// Open addressing over 64-bit hashes. Two keys of one entry with the same hash would be taken for the
/// same key, which costs the second its plain name and nothing else.
struct KeySet {
  private struct Slot {
    var hash: UInt64
    var round: UInt32
    var times: UInt32
  }

  private var slots = [Slot](repeating: Slot(hash: 0, round: 0, times: 0), count: 256)
  private var round: UInt32 = 0

  /// Forgets all keys and makes room for `count` new ones.
  mutating func begin(expecting count: Int) {
    if count * 2 > slots.count {
      var size = slots.count
      while size < count * 2 { size *= 2 }
      slots = [Slot](repeating: Slot(hash: 0, round: 0, times: 0), count: size)
      round = 0
    }
    if round == .max {
      for index in slots.indices { slots[index].round = 0 }
      round = 0
    }
    round += 1
  }

  /// Notes a key and tells how often it had been met before.
  ///
  /// - Precondition: at most as many different keys as `begin` was told.
  mutating func meet(_ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    for _ in 0..<slots.count {
      if slots[at].round != round {
        slots[at] = Slot(hash: hash, round: round, times: 1)
        return 0
      }
      if slots[at].hash == hash {
        slots[at].times &+= 1
        return Int(slots[at].times) - 1
      }
      at = (at + 1) & mask
    }
    return 0
  }
}
