/// The most frequent values of a place, in fixed memory.
///
/// Space-saving (Metwally, Agrawal and El Abbadi 2005, doi:10.1007/978-3-540-30570-5_27): where all 16 counters
/// are taken, a new value takes over the one with the least count and that count with it, as its possible error.
/// Every value with more than a sixteenth of all is among them. Tables merge by adding, most first (Agarwal and others 2013,
/// doi:10.1145/2500128).
/// - Layout: 16 counters of 48 bytes.
struct TopValues: Sendable {
  static let capacity = 16

  struct Counter: Sendable {
    var value = ValueText()
    var count: Float = 0
    var error: Float = 0

    /// What is certain of its count.
    var sure: Float { count - error }
  }

  private(set) var counters: InlineArray<16, Counter> = .init(repeating: Counter())
  private(set) var total: Float = 0

  init() {}

  mutating func add(_ value: ValueText, weight: Float = 1) {
    total += weight
    var least = 0
    for index in 0..<Self.capacity {
      if counters[index].value.hash == value.hash {
        counters[index].count += weight
        return
      }
      if counters[index].count < counters[least].count { least = index }
    }
    let taken = counters[least].count
    counters[least] = Counter(value: value, count: taken + weight, error: taken)
  }

  /// What is sure of a value's count.
  func count(of value: ValueText) -> Float {
    let counters = counters.span
    for index in 0..<Self.capacity where counters[index].value.hash == value.hash {
      return counters[index].sure
    }
    return 0
  }

  /// The most that a value's count can be: its counter's, or where it has none the least of all.
  func most(of value: ValueText) -> Float {
    let counters = counters.span
    var least = Float.infinity
    for index in 0..<Self.capacity {
      if counters[index].value.hash == value.hash { return counters[index].count }
      least = min(least, counters[index].count)
    }
    return least
  }

  mutating func scale(by factor: Float) {
    total *= factor
    for index in 0..<Self.capacity {
      counters[index].count *= factor
      counters[index].error *= factor
    }
  }

  mutating func merge(_ other: TopValues) {
    var order = Array(0..<Self.capacity)
    order.sort {
      let (left, right) = (other.counters[$0], other.counters[$1])
      return left.count != right.count
        ? left.count > right.count : left.value.hash < right.value.hash
    }
    for index in order where other.counters[index].count > 0 {
      add(other.counters[index].value, weight: other.counters[index].count)
    }
  }
}
