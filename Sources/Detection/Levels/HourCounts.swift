/// What a service counted in each of the last three days' hours.
struct HourCounts: Sendable {
  static let hours = 72

  /// An hour's errors, and what beside them came.
  struct Hour: Sendable {
    var errors: UInt32 = 0
    var others: UInt32 = 0
    /// Minutes in which anything at all was read, of any service.
    var minutes: UInt8 = 0

    /// Fewer are no hour to compare with.
    var isKnown: Bool { minutes >= 30 }
  }

  private(set) var ring: InlineArray<72, Hour> = .init(repeating: Hour())
  /// Where the latest stands.
  private(set) var head = 0

  init() {}

  /// So many hours ago, 0 being the last that is over.
  @inline(__always)
  func hour(_ age: Int) -> Hour { ring[(head + Self.hours - age) % Self.hours] }

  mutating func push(_ hour: Hour) {
    head = (head + 1) % Self.hours
    ring[head] = hour
  }

  mutating func set(_ hour: Hour, at age: Int) {
    ring[(head + Self.hours - age) % Self.hours] = hour
  }

  /// The hours of these ages that are known, summed.
  func sum(_ ages: Range<Int>) -> (errors: Double, others: Double, hours: Double) {
    var sum = (errors: 0.0, others: 0.0, hours: 0.0)
    for age in ages {
      let hour = hour(age)
      guard hour.isKnown else { continue }
      sum.errors += Double(hour.errors)
      sum.others += Double(hour.others)
      sum.hours += 1
    }
    return sum
  }
}
