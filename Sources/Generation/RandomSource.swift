/// A seeded source of random numbers: xoshiro256**, its state filled by SplitMix64.
///
/// Equal seeds give equal numbers on every machine. Period 2^256 - 1. Not for secrets.
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021).
package struct RandomSource: Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// - Parameter stream: sources of one seed and different streams are independent of each other.
  package init(seed: UInt64, stream: UInt64) {
    var mixed = seed ^ (stream &* 0xd6e8_feb8_6659_fd93)
    func step() -> UInt64 {
      mixed &+= 0x9e37_79b9_7f4a_7c15
      var z = mixed
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    s0 = step()
    s1 = step()
    s2 = step()
    s3 = step()
  }

  package mutating func next() -> UInt64 {
    let scrambled = s1 &* 5
    let result = ((scrambled << 7) | (scrambled >> 57)) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// A number from 0 to `bound` - 1; 0 where `bound` is not positive.
  ///
  /// By the high half of a product; its bias is below `bound` / 2^64.
  package mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A number in [0, 1), a multiple of 2^-53.
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  package mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  /// Puts the first `count` elements into a random order (Fisher and Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element], count: Int) {
    var at = min(count, elements.count) - 1
    while at > 0 {
      elements.swapAt(at, below(at + 1))
      at -= 1
    }
  }
}
