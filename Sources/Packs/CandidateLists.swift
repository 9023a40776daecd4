internal import Bytes

/// The candidate patterns of each masked text, and of these the ones whose scope takes an entry and that
/// the masked text does not rule out (`MaskSieve`); equal lists are kept once. As the sieve is dear and the
/// first pattern that it leaves mostly matches, it goes on behind that one, to the next, only when it did not.
///
/// - Limits: 4 million entries in all lists, then a further masked text is looked up entry by entry, which
///   is right and slow; 16 MiB of masked texts, then candidates are told by their words alone. Slots are
///   as many as the masker's table has.
struct CandidateLists {
  /// Patterns' indices, list after list.
  private var entries: [UInt16] = []
  private var lists: [Range<Int32>] = []
  private var known: [[UInt16]: Int32] = [:]
  /// What is left of a list for a key.
  private var narrowed: [Narrowed: Int32] = [:]
  /// What the sieve leaves of that, for a slot.
  private var sieved: [Sieved: Lists] = [:]
  private var slots: [Slot] = []
  /// The masked texts of the slots, one after the other.
  private var texts: [UInt8] = []
  private let sieve: MaskSieve

  private struct Slot {
    /// The number of its list and 1; 0 where it is not known.
    var list: Int32 = 0
    /// The lists that its last entry had, and that entry's key.
    var last = Lists()
    var key = ScopeKey.none
    /// Where its masked text stands; -1 where there was no room.
    var textStart: Int32 = -1
    var textCount: Int32 = 0
  }

  private struct Lists {
    /// Of its scope, and of these the ones that the sieve leaves, of as many as it was asked about.
    var scoped: Int32 = 0
    var left: Int32 = 0
    var asked: Int32 = 0
  }

  private struct Sieved: Hashable {
    var slot: UInt32
    var key: ScopeKey
  }

  private struct Narrowed: Hashable {
    var list: Int32
    var key: ScopeKey
  }

  private static let entryLimit = 4_000_000
  private static let textLimit = 16 << 20

  init(_ sieve: MaskSieve) { self.sieve = sieve }

  /// Forgets the slots; the lists stay, as they depend on no slot.
  mutating func removeSlots() {
    slots.removeAll(keepingCapacity: true)
    sieved.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
  }

  /// Notes which patterns a masked text may match, by its words.
  mutating func set(_ slot: UInt32, _ patterns: [UInt16], _ text: Span<UInt8>) {
    let index = Int(slot)
    if slots.count <= index {
      slots.append(contentsOf: repeatElement(Slot(), count: index + 1 - slots.count))
    }
    slots[index] = Slot(list: (add(patterns) ?? -1) + 1)
    if texts.count + text.count > Self.textLimit { return }
    slots[index].textStart = Int32(texts.count)
    slots[index].textCount = Int32(text.count)
    for index in 0..<text.count { texts.append(text[index]) }
  }

  /// Where the candidates of an entry stand; nil where its masked text is not known.
  @inline(__always)
  mutating func positions(_ slot: UInt32, _ key: ScopeKey, _ scopes: ScopeCache) -> Range<Int32>? {
    let index = Int(slot)
    guard index < slots.count, slots[index].list > 0 else { return nil }
    if slots[index].key == key { return lists[Int(slots[index].last.left)] }
    return narrow(index, key, scopes)
  }

  /// Whether a pattern of its scope shares words with the masked text of the entry that was asked for last.
  func isNear(_ slot: UInt32) -> Bool { !lists[Int(slots[Int(slot)].last.scoped)].isEmpty }

  subscript(_ position: Int) -> Int { Int(entries[position]) }

  /// Where the next candidate stands, behind those that the entry that was asked for last has got; nil
  /// where there is none.
  mutating func furtherPositions(_ slot: UInt32) -> Range<Int32>? {
    let index = Int(slot)
    var last = slots[index].last
    let scoped = lists[Int(last.scoped)]
    if last.asked == Int32(scoped.count) { return nil }
    let got = Array(patterns(last.left))
    let next = passing(last.scoped, from: &last.asked, slots[index])
    var further: Range<Int32>?
    if let next {
      if let left = add(got + [next]) {
        last.left = left
        let all = lists[Int(left)]
        further = (all.upperBound - 1)..<all.upperBound
      } else {
        // No room for one more list: all of its scope, from the next on.
        let behind = scoped.lowerBound + last.asked - 1
        last.left = last.scoped
        last.asked = Int32(scoped.count)
        further = behind..<scoped.upperBound
      }
    }
    slots[index].last = last
    sieved[Sieved(slot: slot, key: slots[index].key)] = last
    return further
  }

  private mutating func narrow(
    _ index: Int, _ key: ScopeKey, _ scopes: ScopeCache
  ) -> Range<Int32>? {
    let place = Sieved(slot: UInt32(index), key: key)
    if sieved[place] == nil {
      // Keys and slots that meet are few; they are bounded all the same.
      guard sieved.count < Self.entryLimit / 16, let scoped = scoped(index, key, scopes),
        let found = firstLeft(index, of: scoped)
      else { return nil }
      sieved[place] = found
    }
    guard let found = sieved[place] else { return nil }
    slots[index].last = found
    slots[index].key = key
    return lists[Int(found.left)]
  }

  /// The list of a slot's patterns whose scope takes entries of a key.
  private mutating func scoped(_ index: Int, _ key: ScopeKey, _ scopes: ScopeCache) -> Int32? {
    let whole = slots[index].list - 1
    let wanted = Narrowed(list: whole, key: key)
    if let known = narrowed[wanted] { return known }
    if narrowed.count >= Self.entryLimit / 16 { return nil }
    let kept = patterns(whole).filter { scopes.takes(key, pattern: Int($0)) }
    guard let list = add(kept) else { return nil }
    narrowed[wanted] = list
    return list
  }

  /// The first of those that could match what a slot's masked text stands for.
  private mutating func firstLeft(_ index: Int, of list: Int32) -> Lists? {
    let hasRoom = entries.count + lists[Int(list)].count <= Self.entryLimit
    if slots[index].textStart < 0 || lists[Int(list)].isEmpty || !hasRoom {
      return Lists(scoped: list, left: list, asked: Int32(lists[Int(list)].count))
    }
    var asked: Int32 = 0
    let first = passing(list, from: &asked, slots[index])
    return add(first.map { [$0] } ?? []).map { Lists(scoped: list, left: $0, asked: asked) }
  }

  /// The next pattern of a list that passes, behind as many as were asked about.
  private func passing(_ list: Int32, from asked: inout Int32, _ slot: Slot) -> UInt16? {
    let start = Int(slot.textStart)
    let text = texts.span.extracting(start..<(start + Int(slot.textCount)))
    let range = lists[Int(list)]
    while range.lowerBound + asked < range.upperBound {
      let pattern = entries[Int(range.lowerBound + asked)]
      asked += 1
      if sieve.passes(Int(pattern), text) { return pattern }
    }
    return nil
  }

  private func patterns(_ list: Int32) -> ArraySlice<UInt16> {
    let range = lists[Int(list)]
    return entries[Int(range.lowerBound)..<Int(range.upperBound)]
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
