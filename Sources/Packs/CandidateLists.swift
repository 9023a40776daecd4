/// The candidate patterns of each masked text; equal lists are kept once.
///
/// - Limits: 4 million entries in all lists, then further ones are the list of all patterns, which is
///   right and slow. Slots are as many as the masker's table has.
struct CandidateLists {
  private var entries: [UInt16] = []
  private var lists: [(start: Int32, count: Int32)] = []
  private var known: [[UInt16]: Int32] = [:]
  /// For each slot the number of its list and 1; 0 where it is not known.
  private var bySlot: [Int32] = []

  private static let entryLimit = 4_000_000

  init(patternCount: Int) {
    // List 0: every pattern.
    _ = add(Array(0..<UInt16(patternCount)))
  }

  /// Forgets the slots; the lists stay, as they depend on no mask.
  mutating func removeSlots() { bySlot.removeAll(keepingCapacity: true) }

  mutating func set(_ slot: UInt32, _ patterns: [UInt16]) {
    let index = Int(slot)
    if bySlot.count <= index {
      bySlot.append(contentsOf: repeatElement(0, count: index + 1 - bySlot.count))
    }
    bySlot[index] = add(patterns) + 1
  }

  private mutating func add(_ patterns: [UInt16]) -> Int32 {
    if let list = known[patterns] { return list }
    if !lists.isEmpty, entries.count + patterns.count > Self.entryLimit { return 0 }
    let list = Int32(lists.count)
    lists.append((Int32(entries.count), Int32(patterns.count)))
    entries += patterns
    known[patterns] = list
    return list
  }

  /// Where the candidates of a slot stand; nil where the slot was never set.
  func range(_ slot: UInt32) -> Range<Int>? {
    let index = Int(slot)
    guard index < bySlot.count, bySlot[index] > 0 else { return nil }
    let list = lists[Int(bySlot[index] - 1)]
    return Int(list.start)..<Int(list.start + list.count)
  }

  /// The index of a pattern.
  subscript(_ position: Int) -> Int { Int(entries[position]) }
}
