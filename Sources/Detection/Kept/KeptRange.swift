internal import Bytes
internal import Model

/// What kept fields may hold at most. Far beyond what a stream gives, and small enough that no sum of them leaves the whole
/// numbers that it is turned into.
enum KeptRange {
  /// Entries.
  static let count = 1 << 40
  /// Minutes or blocks: of two thousand years.
  static let minutes = 1 << 30
  static let minute = -(Int64(1) << 40)...(Int64(1) << 40)
  /// Sums of entries.
  static let sum: Float = 1e12
  /// Entries a minute.
  static let rate: Float = 1e9
  /// What a rate is multiplied by.
  static let factor: Float = 1e6
  /// Sums of squares.
  static let square: Float = 1e18
  /// −log10 of probabilities.
  static let score: Float = 400
}

extension KeptBytes {
  mutating func carry(_ minute: inout Minute) { carry(&minute.number, in: KeptRange.minute) }

  mutating func carry(_ minute: inout Minute?) {
    var isThere = minute != nil
    carry(&isThere)
    guard isThere, !isBroken else { return minute = nil }
    var inner = minute ?? Minute(number: 0)
    carry(&inner)
    minute = inner
  }

  /// A minute's number, or the far past that stands for none.
  mutating func carry(distant number: inout Int64) {
    var minute: Minute? = number == Int64.min / 2 ? nil : Minute(number: number)
    carry(&minute)
    number = minute?.number ?? Int64.min / 2
  }

  /// An array in place: each stretch of zeros as its length, then a number.
  mutating func carry<let count: Int>(
    _ array: inout InlineArray<count, Float>, in range: ClosedRange<Float>
  ) {
    var at = 0
    while at < count, !isBroken {
      var zeros = 0
      if !isReading { while at + zeros < count, array[at + zeros] == 0 { zeros += 1 } }
      carry(&zeros, in: 0...count - at)
      if isReading, !isBroken { for place in at..<at + zeros { array[place] = 0 } }
      at += zeros
      if at < count, !isBroken { carry(&array[at], in: range) }
      at += 1
    }
  }
}

extension Int {
  /// The whole number of it, held at 10^15.
  init(heldAtMost value: Float) {
    self = value < 1e15 ? (value > -1e15 ? Int(value) : 0) : 1_000_000_000_000_000
  }
}
