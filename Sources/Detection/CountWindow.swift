package import Bytes

/// The counts of the last 60 minutes that were pushed, with their exact sum and sum of squares.
///
/// - Layout: a ring in place, 264 bytes, no allocation. Push O(1), zero-fill O(60) at most.
/// - Invariant: `sum` and `squares` are those of the `count` values held; integers, so nothing drifts.
/// - Limits: a count is held at 16,777,215, so that 60 x the sum of squares fits 63 bits.
package struct CountWindow: Sendable {
  /// Minutes: an hour tells a spike from the hour's level; more would lag behind daily rhythms.
  package static let capacity = 60
  package static let largest = 1 << 24 - 1

  private var values: InlineArray<60, UInt32> = .init(repeating: 0)
  private var next: UInt8 = 0
  private var held: UInt8 = 0
  package private(set) var sum = 0
  package private(set) var squares = 0

  package init() {}

  package var count: Int { Int(held) }
  package var mean: Double { held == 0 ? 0 : Double(sum) / Double(count) }

  /// n·Σx² − (Σx)²: n² times the population variance, n(n − 1) times the sample variance.
  package var spread: Int { count * squares - sum * sum }

  package var sampleVariance: Double {
    count < 2 ? 0 : Double(spread) / Double(count * (count - 1))
  }

  package mutating func push(_ value: Int) {
    let kept = max(0, min(value, Self.largest))
    let at = Int(next)
    if count == Self.capacity {
      let oldest = Int(values[at])
      sum -= oldest
      squares -= oldest * oldest
    } else {
      held += 1
    }
    values[at] = UInt32(kept)
    sum += kept
    squares += kept * kept
    next = at + 1 == Self.capacity ? 0 : UInt8(at + 1)
  }

  package mutating func pushZeros(_ wanted: Int) {
    if wanted >= Self.capacity {
      self = CountWindow()
      held = UInt8(Self.capacity)
    } else if sum == 0 {
      held = UInt8(min(Self.capacity, count + max(0, wanted)))
    } else {
      for _ in 0..<max(0, wanted) { push(0) }
    }
  }

  /// The value of `age` pushes ago, 0 being the latest; 0 where none is held.
  package subscript(age age: Int) -> Int {
    guard age >= 0, age < count else { return 0 }
    let at = Int(next) - 1 - age
    return Int(values[at < 0 ? at + Self.capacity : at])
  }

  /// Adds to the value of `age` pushes ago; nothing where none is held.
  package mutating func add(_ more: Int, age: Int) {
    guard age >= 0, age < count else { return }
    let known = self[age: age]
    let sum = min(known + max(0, more), Self.largest)
    let at = Int(next) - 1 - age
    values[at < 0 ? at + Self.capacity : at] = UInt32(sum)
    self.sum += sum - known
    squares += sum * sum - known * known
  }

  /// Both windows' counts, added minute by minute from the latest back.
  package func merged(with other: CountWindow) -> CountWindow {
    var result = CountWindow()
    for age in stride(from: max(count, other.count) - 1, through: 0, by: -1) {
      result.push(self[age: age] + other[age: age])
    }
    return result
  }
}

extension CountWindow: Kept {
  /// Values from the oldest on, as runs of equal ones.
  package mutating func carry(_ bytes: inout KeptBytes) {
    var left = count
    bytes.carry(&left, in: 0...Self.capacity)
    let kept = self
    if bytes.isReading { self = CountWindow() }
    while left > 0, !bytes.isBroken {
      var value = kept[age: left - 1]
      var run = 1
      while run < left, kept[age: left - 1 - run] == value { run += 1 }
      bytes.carry(&value, in: 0...Self.largest)
      bytes.carry(&run, in: 1...left)
      if bytes.isReading, !bytes.isBroken { for _ in 0..<run { push(value) } }
      left -= run
    }
  }
}
