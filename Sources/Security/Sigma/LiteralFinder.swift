internal import Bytes

/// Finds which of some hundred literals stand in a text without looking at each byte: Wu and Manber ("A Fast
/// Algorithm for Multi-Pattern Searching", University of Arizona TR-94-17, 1994), with blocks of two bytes.
///
/// A table over pairs of bytes tells how far the window may go on; only where a literal may end within it
/// are literals compared. ASCII letters count in both cases. Where the shortest literal has m bytes, a text
/// of n takes about n / (m - 1) steps of 1 ns.
/// `LiteralAutomaton` looks at each byte (1.5 ns): too dear for a whole log's messages.
struct LiteralFinder: Sendable {
  /// Shorter literals would make every step one byte.
  static let shortest = 3

  private var shifts = [UInt8](repeating: 0, count: 4096)
  /// Where in `items` the literals with this pair at the window's end are.
  private var starts = [Int32](repeating: 0, count: 4097)
  private var items: [Item] = []
  private var bytes: [UInt8] = []
  private var window = 0

  private struct Item: Sendable {
    var start: Int32
    var count: Int32
    var owner: UInt16
  }

  var isEmpty: Bool { items.isEmpty }

  /// - Parameter literals: in lower case, at least `shortest` bytes each, and whom they stand for.
  init(_ literals: [(bytes: [UInt8], owner: UInt16)]) {
    window = literals.map(\.bytes.count).min() ?? 0
    guard window >= Self.shortest else { return }
    shifts = [UInt8](repeating: UInt8(min(window - 1, 255)), count: 4096)
    var buckets = [[Item]](repeating: [], count: 4096)
    for literal in literals {
      for at in 0..<(window - 1) {
        let pair = Self.pair(literal.bytes[at], literal.bytes[at + 1])
        shifts[pair] = min(shifts[pair], UInt8(min(window - 2 - at, 255)))
      }
      let last = Self.pair(literal.bytes[window - 2], literal.bytes[window - 1])
      buckets[last].append(
        Item(
          start: Int32(bytes.count), count: Int32(literal.bytes.count), owner: literal.owner))
      bytes += literal.bytes
    }
    for (pair, bucket) in buckets.enumerated() {
      starts[pair] = Int32(items.count)
      items += bucket
    }
    starts[4096] = Int32(items.count)
  }

  /// Six bits of each byte, letters of both cases alike.
  @inline(__always)
  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 31 | (first >> 1) & 32) | Int(second & 31 | (second >> 1) & 32) << 6
  }

  /// Marks the owners of the literals that stand in `text`.
  func find(in text: Span<UInt8>, _ hits: inout HitList) {
    if text.count < window || items.isEmpty { return }
    let shifts = shifts.span
    var at = window - 1
    while at < text.count {
      let pair = Self.pair(text[at - 1], text[at])
      let shift = Int(shifts[pair])
      if shift > 0 {
        at += shift
        continue
      }
      compare(pair, text, from: at - window + 1, &hits)
      at += 1
    }
  }

  @inline(never)
  private func compare(_ pair: Int, _ text: Span<UInt8>, from: Int, _ hits: inout HitList) {
    for index in Int(starts[pair])..<Int(starts[pair + 1]) {
      let item = items[index]
      if hits.has(item.owner) { continue }
      let value = bytes.span.extracting(Int(item.start)..<Int(item.start + item.count))
      if TextMatching.stands(value, in: text, at: from, ignoresCase: true) { hits.add(item.owner) }
    }
  }
}

/// A set of small numbers that is emptied in constant time.
struct HitList: Sendable {
  private(set) var numbers: [UInt16] = []
  private var turns: [UInt32]
  private var turn: UInt32 = 1

  init(limit: Int) {
    turns = Array(repeating: 0, count: limit)
    numbers.reserveCapacity(limit)
  }

  func has(_ number: UInt16) -> Bool { turns[Int(number)] == turn }

  mutating func add(_ number: UInt16) {
    if has(number) { return }
    turns[Int(number)] = turn
    numbers.append(number)
  }

  mutating func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    if turn == .max {
      for index in turns.indices { turns[index] = 0 }
      turn = 0
    }
    turn += 1
  }
}
