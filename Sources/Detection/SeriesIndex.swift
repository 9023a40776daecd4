internal import Model

/// Where each series stands on the shelf, by its key.
///
/// Open addressing, at most half full, deletion by shifting back: a third of the cost of a dictionary
/// whose keys are an enum.
/// - Invariant: places of the table depend on a seed of the process (group ids may be chosen by whoever
///   writes the log); nothing that is told depends on them.
struct SeriesIndex: Sendable {
  private struct Slot: Sendable {
    var number: UInt64 = 0
    var kind: UInt32 = 0
    /// -1 where it is empty.
    var place: Int32 = -1
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private(set) var count = 0
  private let seed: UInt64

  init() {
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  @inline(__always)
  func place(of key: SeriesKey) -> Int? {
    let (kind, number) = Self.parts(key)
    var at = home(kind, number)
    while slots[at].place >= 0 {
      if slots[at].number == number, slots[at].kind == kind { return Int(slots[at].place) }
      at = (at &+ 1) & (slots.count &- 1)
    }
    return nil
  }

  /// - Precondition: the key is not there.
  mutating func insert(_ key: SeriesKey, at place: Int32) {
    if (count + 1) * 2 > slots.count { grow() }
    let (kind, number) = Self.parts(key)
    put(Slot(number: number, kind: kind, place: place))
    count += 1
  }

  mutating func remove(_ key: SeriesKey) {
    let (kind, number) = Self.parts(key)
    let mask = slots.count - 1
    var hole = home(kind, number)
    while slots[hole].number != number || slots[hole].kind != kind {
      if slots[hole].place < 0 { return }
      hole = (hole + 1) & mask
    }
    guard slots[hole].place >= 0 else { return }
    var at = (hole + 1) & mask
    while slots[at].place >= 0 {
      let wanted = home(slots[at].kind, slots[at].number)
      if (at &- wanted) & mask >= (at &- hole) & mask {
        slots[hole] = slots[at]
        hole = at
      }
      at = (at + 1) & mask
    }
    slots[hole] = Slot()
    count -= 1
  }

  private mutating func put(_ slot: Slot) {
    var at = home(slot.kind, slot.number)
    while slots[at].place >= 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.place >= 0 { put(slot) }
  }

  @inline(__always)
  private func home(_ kind: UInt32, _ number: UInt64) -> Int {
    let product = (number ^ seed &+ UInt64(kind)).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (slots.count &- 1)
  }

  @inline(__always)
  private static func parts(_ key: SeriesKey) -> (kind: UInt32, number: UInt64) {
    switch key {
    case .allErrors: (0, 0)
    case .serviceErrors(let symbol): (1, UInt64(symbol.number))
    case .service(let symbol): (2, UInt64(symbol.number))
    case .group(let id): (3, id.number)
    }
  }
}
