/// The candidate patterns of each masked text; equal lists are kept once.
///
/// - Limits: 4 million entries in all lists, then further ones are the list of all patterns, which is
///   right and slow. Slots are as many as the masker's table has.
struct CandidateLists {
  /// A pattern's index, and its scope above it.
  private var entries: [UInt32] = []
  private let scopes: [UInt32]
  private var lists: [List] = []
  private var known: [[UInt16]: Int32] = [:]
  /// For each slot the number of its list and 1; 0 where it is not known.
  private var bySlot: [Int32] = []

  struct List {
    var start: Int32
    var end: Int32
    /// The scopes of its patterns below 64; all bits where it has others.
    var scopes: UInt64
  }

  private static let entryLimit = 4_000_000

  /// - Parameter scopes: for each pattern the number of its scope.
  init(_ scopes: [Int]) {
    self.scopes = scopes.map { UInt32($0) }
    // List 0: every pattern.
    _ = add(Array(0..<UInt16(scopes.count)))
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
    let start = entries.count
    var mask: UInt64 = 0
    for pattern in patterns {
      let candidate = candidate(pattern)
      entries.append(candidate.packed)
      mask |= candidate.scope < 64 ? 1 << UInt64(candidate.scope) : .max
    }
    lists.append(List(start: Int32(start), end: Int32(entries.count), scopes: mask))
    known[patterns] = list
    return list
  }

  /// The candidates of a slot; nil where the slot was never set.
  @inline(__always)
  func list(_ slot: UInt32) -> List? {
    let index = Int(slot)
    guard index < bySlot.count, bySlot[index] > 0 else { return nil }
    return lists[Int(bySlot[index] - 1)]
  }

  subscript(_ position: Int) -> Candidate { Candidate(packed: entries[position]) }

  func candidate(_ pattern: UInt16) -> Candidate {
    Candidate(packed: UInt32(pattern) | scopes[Int(pattern)] << 16)
  }
}

/// A pattern that may match, and the scope in which it does.
struct Candidate {
  let packed: UInt32
  var pattern: Int { Int(packed & 0xffff) }
  var scope: Int { Int(packed >> 16) }
}
