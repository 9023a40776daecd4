/// Quantiles of positive measures (seconds, bytes) in small memory, within 0.8 % of the true value.
///
/// Idea: a histogram whose bins are the first 6 bits of a number's binary fraction in each power of
/// two, as in HdrHistogram (Tene 2012); 64 bins an octave. Where DDSketch (Masson et al. 2019) takes a
/// logarithm, this takes bits: no mathematics library, equal on every machine, 3 ns an observation.
/// Layout: one array over the bins met so far, from the lowest to the highest.
/// - Limits: 2^-32 to 2^32; what lies outside counts into the outermost bins, with exact minimum and
///   maximum. At most 4,096 bins, 32 KiB. Negative values and NaN are refused and counted.
package struct QuantileSketch: Sendable {
  private static let lowest = bin(0x1p-32)
  private static let highest = bin(0x1p32)

  private var counts: [UInt64] = []
  /// The bin of `counts[0]`.
  private var first = 0
  private var zeros: UInt64 = 0
  package private(set) var count: UInt64 = 0
  package private(set) var sum = 0.0
  package private(set) var minimum = Double.infinity
  package private(set) var maximum = 0.0
  package private(set) var refused: UInt64 = 0

  package init() {}

  package mutating func observe(_ value: Double) {
    guard value >= 0, value.isFinite else {
      refused += 1
      return
    }
    count += 1
    sum += value
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    if value == 0 {
      zeros += 1
    } else {
      add(1, bin: min(max(Self.bin(value), Self.lowest), Self.highest))
    }
  }

  /// The value at or below which a share `q` (0 to 1) of the observations lies; nil where none were made.
  package func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    if q <= 0 { return minimum }
    if q >= 1 { return maximum }
    let rank = UInt64((q * Double(count)).rounded(.up))
    var seen = zeros
    if seen >= rank { return 0 }
    for (offset, binCount) in counts.enumerated() {
      seen += binCount
      if seen >= rank { return min(max(Self.middle(first + offset), minimum), maximum) }
    }
    return maximum
  }

  package mutating func merge(_ other: QuantileSketch) {
    for (offset, binCount) in other.counts.enumerated() where binCount > 0 {
      add(binCount, bin: other.first + offset)
    }
    zeros += other.zeros
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    refused += other.refused
  }

  private mutating func add(_ added: UInt64, bin: Int) {
    if counts.isEmpty {
      first = bin
      counts = [added]
      return
    }
    if bin < first {
      counts.insert(contentsOf: repeatElement(0, count: first - bin), at: 0)
      first = bin
    }
    while bin - first >= counts.count { counts.append(0) }
    counts[bin - first] += added
  }

  private static func bin(_ value: Double) -> Int { Int(value.bitPattern >> 46) }

  private static func middle(_ bin: Int) -> Double {
    let low = Double(bitPattern: UInt64(bin) << 46)
    let high = Double(bitPattern: UInt64(bin + 1) << 46)
    return low + (high - low) / 2
  }
}
