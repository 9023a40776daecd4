package import Bytes

/// The 2-sigma rule on a series of counts: never frozen, the judged minute and any spike included.
///
/// Over the last 60 complete minutes with the current one, n ≥ 10: a spike where
/// `count > mean + 2 · population standard deviation` and `count ≥ 5`.
///
/// Decided in whole numbers: `(n·x − Σx)² > 4·(n·Σx² − (Σx)²)`. O(1) a minute, 264 bytes.
/// It fires dozens of times a day on pure chance: evidence, never an insight by itself.
package struct TwoSigma: Sendable {
  package static let name = "two_sigma"
  package static let warmUp = 10
  package static let floor = 5

  package struct Reading: Sendable {
    package var mean = 0.0
    package var deviation = 0.0
    package var count = 0
    package var exceeds = false
    /// mean + 2 · deviation.
    package var upper: Double { mean + 2 * deviation }
    /// mean − 2 · deviation.
    package var lower: Double { mean - 2 * deviation }
  }

  package private(set) var window = CountWindow()

  package init() {}

  package mutating func close(_ x: Int) -> Reading {
    window.push(x)
    let n = window.count
    let above = n * min(x, CountWindow.largest) - window.sum
    var reading = Reading()
    reading.mean = window.mean
    reading.deviation = Double(window.spread).squareRoot() / Double(n)
    reading.count = n
    reading.exceeds =
      n >= Self.warmUp && x >= Self.floor && above > 0 && above * above > 4 * window.spread
    return reading
  }

  package mutating func closeZeros(_ minutes: Int) { window.pushZeros(minutes) }

  /// Counts what came late for a minute, `age` complete minutes before the last one.
  mutating func add(_ more: Int, age: Int) { window.add(more, age: age) }

  package mutating func merge(_ other: TwoSigma) { window = window.merged(with: other.window) }
}

extension TwoSigma: Kept {
  package mutating func carry(_ bytes: inout KeptBytes) { window.carry(&bytes) }
}
