/// What one correlation has seen for one group of values: matches in a sliding window, or when each of its
/// rules matched last.
///
/// - Limits: 4,096 matches, the oldest out first (`overflowed`); 32 rules.
struct CorrelationWindow: Sendable {
  static let itemLimit = 4096
  static let stepLimit = 32

  private struct Item: Sendable {
    var time: Int64
    /// What is told apart, or a number's bits.
    var thing: UInt64
  }

  private var items: [Item] = []
  /// For each rule the time of its last match; in an ordered correlation the start of the latest chain that
  /// ends with it.
  private var steps: [Int64] = []
  private(set) var overflowed = 0

  var isEmpty: Bool { items.isEmpty }

  /// Notes a match, so many times; those that the window before it no longer holds go.
  mutating func note(
    _ thing: UInt64, at time: Int64, span: Int64, distinct: Bool, times: Int = 1
  ) {
    items.removeAll { $0.time <= time &- span || distinct && $0.thing == thing && $0.time <= time }
    if items.count == Self.itemLimit {
      items.removeFirst()
      overflowed += 1
    }
    items.append(Item(time: time, thing: thing))
    let more = min(times - 1, Self.itemLimit - items.count)
    if more > 0 {
      items.append(contentsOf: repeatElement(Item(time: time, thing: thing), count: more))
    }
    overflowed += times - 1 - max(0, more)
  }

  var count: Int { items.count }

  /// What the window's numbers come to; nil where it holds none.
  func value(_ kind: SigmaCorrelation.Kind, percentile: Double) -> Double? {
    guard !items.isEmpty else { return nil }
    switch kind {
    case .eventCount, .valueCount: return Double(items.count)
    case .temporal, .temporalOrdered: return nil
    case .valueSum: return sum
    case .valueAverage: return sum / Double(items.count)
    case .valuePercentile:
      // The nearest rank: the least value that so many percent do not exceed.
      let sorted = items.map { Double(bitPattern: $0.thing) }.sorted()
      let rank = (percentile / 100 * Double(sorted.count)).rounded(.up)
      return sorted[min(max(Int(rank) - 1, 0), sorted.count - 1)]
    }
  }

  private var sum: Double { items.reduce(0) { $0 + Double(bitPattern: $1.thing) } }

  /// Notes that a rule matched; whether all have within the window, in any order.
  mutating func note(step: Int, of count: Int, at time: Int64, span: Int64) -> Bool {
    prepare(count)
    steps[step] = max(steps[step], time)
    return steps.allSatisfy { $0 > time &- span }
  }

  /// Notes that a rule matched; whether it ends a chain of all rules, in their order, within the window.
  mutating func note(orderedStep step: Int, of count: Int, at time: Int64, span: Int64) -> Bool {
    prepare(count)
    if step == 0 {
      steps[0] = max(steps[0], time)
    } else if steps[step - 1] > time &- span {
      steps[step] = max(steps[step], steps[step - 1])
    } else {
      return false
    }
    return step == count - 1
  }

  private mutating func prepare(_ count: Int) {
    if steps.isEmpty { steps = Array(repeating: .min, count: count) }
  }
}
