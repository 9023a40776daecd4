/// A moment of event time: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Range 1677-09-21 to 2262-04-11.
@usableFromInline
package struct Timestamp: Comparable, Hashable, Sendable {
  @usableFromInline package var nanoseconds: Int64

  /// No stamp at all; sorts before every other.
  @inlinable package static var unknown: Timestamp { Timestamp(nanoseconds: .min) }

  @inlinable
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  @inlinable package init(seconds: Int64) { nanoseconds = seconds &* 1_000_000_000 }

  @inlinable package var isKnown: Bool { nanoseconds != .min }

  /// The minute it falls into.
  @inlinable
  package var minute: Minute {
    let perMinute: Int64 = 60_000_000_000
    let quotient = nanoseconds / perMinute
    return Minute(number: nanoseconds % perMinute < 0 ? quotient - 1 : quotient)
  }

  @inlinable
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  @inlinable
  package static func == (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds == right.nanoseconds
  }

  /// Later by `nanoseconds`, held within the range.
  @inlinable
  package func advanced(byNanoseconds delta: Int64) -> Timestamp {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
    return Timestamp(nanoseconds: overflow ? (delta > 0 ? .max : .min + 1) : sum)
  }
}

/// A minute of event time, counted from 1970-01-01T00:00Z.
@usableFromInline
package struct Minute: Comparable, Hashable, Sendable {
  @usableFromInline package var number: Int64

  @inlinable
  package init(number: Int64) { self.number = number }

  @inlinable package var start: Timestamp { Timestamp(seconds: number &* 60) }
  @inlinable package var end: Timestamp { Timestamp(seconds: (number &+ 1) &* 60) }

  @inlinable
  package static func < (left: Minute, right: Minute) -> Bool { left.number < right.number }
}
