package import Bytes

/// The rolling z-score of a series of counts, with its spikes kept out of the baseline.
///
/// For a closed minute's count x and the W = 60 complete minutes before it:
/// `z = (x − mean) / s`, `s = max(sample standard deviation, √mean, 1)`; a spike where `z ≥ 3` and
/// `x ≥ 5`, once 10 minutes are known. The √mean is the deviation of pure chance, and 1 keeps a
/// series of zeros from jumping at its first entry.
///
/// - While a spike lasts, the minutes that exceed stay out of the baseline; after `span` minutes it
///   ends as the new level, and they are learned. It is over after `quietToEnd` minutes in a row that
///   don't exceed (those are learned at once). Leave `quietToEnd` at 1 for the rule without patience.
/// - O(1) a minute; 280 bytes, and at most 60 counts more while a spike lasts.
package struct RollingZScore: Sendable {
  package static let name = "rolling_zscore"
  package static let span = CountWindow.capacity
  package static let warmUp = 10
  package static let threshold = 3.0
  /// Counts below it are no spike, whatever their score: fewer than five of anything is chance.
  package static let floor = 5

  package enum Phase: Sendable { case quiet, begins, lasts, ends, newLevel }

  package struct Reading: Sendable {
    package var z = 0.0
    package var mean = 0.0
    package var deviation = 1.0
    /// Minutes in the baseline.
    package var count = 0
    package var exceeds = false
    package var phase = Phase.quiet
  }

  package private(set) var baseline = CountWindow()
  private var heldOut: [UInt32] = []
  private var length: UInt8 = 0
  private var quiet: UInt8 = 0
  private let quietToEnd: UInt8

  package init(quietToEnd: Int = 1) {
    self.quietToEnd = UInt8(max(1, min(quietToEnd, Self.span)))
  }

  package var isInSpike: Bool { length > 0 }
  /// Complete minutes since the spike began, the first included; 0 outside of one.
  package var minutesInSpike: Int { Int(length) }

  /// What the rule says of a count against the baseline as it stands; changes nothing.
  package func reading(of x: Int) -> Reading {
    var reading = Reading()
    reading.count = baseline.count
    reading.mean = baseline.mean
    reading.deviation = max(
      baseline.sampleVariance.squareRoot(), baseline.mean.squareRoot(), 1)
    reading.z = (Double(x) - reading.mean) / reading.deviation
    reading.exceeds =
      reading.count >= Self.warmUp && x >= Self.floor && reading.z >= Self.threshold
    return reading
  }

  /// Judges a complete minute and learns it, or keeps it out.
  package mutating func close(_ x: Int) -> Reading { close(x, read: reading(of: x)) }

  /// The same, where `reading(of:)` has been asked just before.
  mutating func close(_ x: Int, read: Reading) -> Reading {
    var reading = read
    if reading.exceeds {
      reading.phase = length == 0 ? .begins : .lasts
      length += 1
      quiet = 0
      heldOut.append(UInt32(min(x, CountWindow.largest)))
    } else {
      baseline.push(x)
      guard length > 0 else { return reading }
      length += 1
      quiet += 1
      reading.phase = .lasts
      if quiet >= quietToEnd {
        reading.phase = .ends
        leave(learning: false)
        return reading
      }
    }
    if Int(length) >= Self.span {
      reading.phase = .newLevel
      leave(learning: true)
    }
    return reading
  }

  /// Learns minutes without entries; only between spikes.
  package mutating func closeZeros(_ minutes: Int) {
    if length == 0 { baseline.pushZeros(minutes) } else { for _ in 0..<minutes { _ = close(0) } }
  }

  /// Counts what came late for a minute that was learned, `age` complete minutes before the last one, none
  /// of which was kept out.
  mutating func add(_ more: Int, age: Int) { baseline.add(more, age: age) }

  /// Takes in the history of another series whose counts are this one's from now on.
  ///
  /// Minutes are matched from the latest back; where one of them had kept a spike out, that is off by
  /// as many minutes.
  package mutating func merge(_ other: RollingZScore) {
    baseline = baseline.merged(with: other.baseline)
    if other.length > length {
      length = other.length
      quiet = other.quiet
      heldOut = other.heldOut
    }
  }

  private mutating func leave(learning: Bool) {
    if learning { for value in heldOut { baseline.push(Int(value)) } }
    heldOut = []
    length = 0
    quiet = 0
  }
}

extension RollingZScore: Kept {
  package init() { self.init(quietToEnd: 1) }

  /// All but its patience, which is whose it is.
  package mutating func carry(_ bytes: inout KeptBytes) {
    baseline.carry(&bytes)
    bytes.carry(&length, in: 0...UInt8(Self.span - 1))
    bytes.carry(&quiet, in: 0...quietToEnd - 1)
    var count = heldOut.count
    bytes.carry(&count, in: 0...Int(length))
    for place in 0..<count {
      if bytes.isReading { heldOut.append(0) }
      bytes.carry(&heldOut[place], in: 0...UInt32(CountWindow.largest))
    }
  }
}
