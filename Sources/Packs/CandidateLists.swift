/// The candidate patterns of each masked text, and of these the ones whose scope takes an entry; equal
/// lists are kept once.
///
/// - Limits: 4 million entries in all lists, then a further masked text is looked up entry by entry, which
///   is right and slow. Slots are as many as the masker's table has.
struct CandidateLists {
  /// Patterns' indices, list after list.
  private var entries: [UInt16] = []
  private var lists: [Range<Int32>] = []
  private var known: [[UInt16]: Int32] = [:]
  /// What is left of a list for a key.
  private var narrowed: [Narrowed: Int32] = [:]
  private var slots: [Slot] = []

  private struct Slot {
    /// The number of its list and 1; 0 where it is not known.
    var list: Int32 = 0
    /// The list that its last entry had, and that entry's key.
    var last: Int32 = 0
    var key = ScopeKey.none
  }

  private struct Narrowed: Hashable {
    var list: Int32
    var key: ScopeKey
  }

  private static let entryLimit = 4_000_000

  /// Forgets the slots; the lists stay, as they depend on no mask.
  mutating func removeSlots() { slots.removeAll(keepingCapacity: true) }

  /// Notes which patterns a masked text may match.
  mutating func set(_ slot: UInt32, _ patterns: [UInt16]) {
    let index = Int(slot)
    if slots.count <= index {
      slots.append(contentsOf: repeatElement(Slot(), count: index + 1 - slots.count))
    }
    slots[index] = Slot(list: (add(patterns) ?? -1) + 1)
  }

  /// Where the candidates of an entry stand; nil where its masked text is not known.
  @inline(__always)
  mutating func positions(_ slot: UInt32, _ key: ScopeKey, _ scopes: ScopeCache) -> Range<Int32>? {
    let index = Int(slot)
    guard index < slots.count, slots[index].list > 0 else { return nil }
    if slots[index].key == key { return lists[Int(slots[index].last)] }
    return narrow(index, key, scopes)
  }

  subscript(_ position: Int) -> Int { Int(entries[position]) }

  private mutating func narrow(
    _ index: Int, _ key: ScopeKey, _ scopes: ScopeCache
  ) -> Range<Int32>? {
    let whole = slots[index].list - 1
    let wanted = Narrowed(list: whole, key: key)
    if narrowed[wanted] == nil {
      let range = lists[Int(whole)]
      let kept = entries[Int(range.lowerBound)..<Int(range.upperBound)].filter {
        scopes.takes(key, pattern: Int($0))
      }
      // Lists that an entry's kind leaves are few; their names are bounded all the same.
      if narrowed.count >= Self.entryLimit / 16 { return nil }
      guard let list = add(kept) else { return nil }
      narrowed[wanted] = list
    }
    guard let list = narrowed[wanted] else { return nil }
    slots[index].last = list
    slots[index].key = key
    return lists[Int(list)]
  }

  private mutating func add(_ patterns: [UInt16]) -> Int32? {
    if let list = known[patterns] { return list }
    if entries.count + patterns.count > Self.entryLimit { return nil }
    let list = Int32(lists.count)
    let start = Int32(entries.count)
    entries += patterns
    lists.append(start..<Int32(entries.count))
    known[patterns] = list
    return list
  }
}
