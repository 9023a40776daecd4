internal import Bytes

/// Slots for names, in order of first appearance; those beyond the limit share the slot of `other`.
///
/// Names are told apart by a 64-bit hash.
/// - Limits: `limit` names of at most 64 bytes (longer ones are cut); what went to `other` is counted.
struct NameSlots: ~Copyable {
  static let other = 0

  private let limit: Int
  private var slots: [UInt64: Int] = [:]
  private(set) var names: [String] = ["other"]
  private(set) var overflowed = 0

  init(limit: Int) { self.limit = limit }

  mutating func slot(_ name: Span<UInt8>) -> Int {
    let hash = StableHash(name).high
    if let slot = slots[hash] { return slot }
    guard names.count <= limit else {
      overflowed += 1
      return Self.other
    }
    names.append(String(name.extracting(0..<min(name.count, 64))))
    slots[hash] = names.count - 1
    return names.count - 1
  }
}
