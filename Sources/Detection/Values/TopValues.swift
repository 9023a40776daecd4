/// The most frequent values of a place by their hashes, in fixed memory.
///
/// Space-saving (Metwally, Agrawal and El Abbadi 2005, doi:10.1007/978-3-540-30570-5_27): where all 16 counters
/// are taken, a new value takes over the one with the least count and that count with it, as its possible error.
/// Every value with more than a sixteenth of all is among them. Tables merge by adding, most first (Agarwal and others 2013,
/// doi:10.1145/2500128).
/// - Layout: 16 hashes, counts and errors apart: looking for a value asks two cache lines. 264 bytes.
struct TopValues: Sendable {
  static let capacity = 16

  private var hashes: InlineArray<16, UInt64> = .init(repeating: 0)
  private var counts: InlineArray<16, Float> = .init(repeating: 0)
  private var errors: InlineArray<16, Float> = .init(repeating: 0)
  private(set) var total: Float = 0

  init() {}

  /// Reads a word of each of its cache lines.
  @inline(__always)
  mutating func touch() -> Int {
    Int(truncatingIfNeeded: hashes[0] &+ hashes[8]) &+ Int(counts[0].bitPattern)
      &+ Int(errors[0].bitPattern)
  }

  /// Of a counter; 0 where it is free.
  @inline(__always)
  func count(_ index: Int) -> Float { counts[index] }

  /// Of a counter's value.
  @inline(__always)
  func hash(_ index: Int) -> UInt64 { hashes[index] }

  /// What is certain of a counter's count.
  @inline(__always)
  func sure(_ index: Int) -> Float { counts[index] - errors[index] }

  @inline(__always)
  private func place(of hash: UInt64) -> Int? {
    for index in 0..<Self.capacity where hashes[index] == hash { return index }
    return nil
  }

  mutating func add(_ value: UInt64, weight: Float = 1) {
    total += weight
    if let known = place(of: value) {
      counts[known] += weight
      return
    }
    var least = 0
    for index in 1..<Self.capacity where counts[index] < counts[least] { least = index }
    hashes[least] = value
    errors[least] = counts[least]
    counts[least] += weight
  }

  /// What is sure of a value's count.
  @inline(__always)
  func count(of value: UInt64) -> Float { place(of: value).map { sure($0) } ?? 0 }

  /// The most that a value's count can be: its counter's, or where it has none the least of all.
  @inline(__always)
  func most(of value: UInt64) -> Float {
    if let known = place(of: value) { return counts[known] }
    var least = counts[0]
    for index in 1..<Self.capacity { least = min(least, counts[index]) }
    return least
  }

  mutating func scale(by factor: Float) {
    total *= factor
    for index in 0..<Self.capacity {
      counts[index] *= factor
      errors[index] *= factor
    }
  }

  mutating func merge(_ other: TopValues) {
    var order = Array(0..<Self.capacity)
    order.sort {
      other.counts[$0] != other.counts[$1]
        ? other.counts[$0] > other.counts[$1] : other.hashes[$0] < other.hashes[$1]
    }
    for index in order where other.counts[index] > 0 {
      add(other.hashes[index], weight: other.counts[index])
    }
  }
}
