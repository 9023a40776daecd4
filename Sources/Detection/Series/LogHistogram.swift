/// How often magnitudes of which size came, in 16 buckets an octave (3 to 6 % wide), within 24 octaves.
///
/// A bucket is the upper 16 bits of the number's binary64 form, so that finding one costs a shift. The 24
/// octaves end at the largest magnitude so far; what lies below them shares their lowest bucket, and zeros are
/// counted apart. Larger windows would tell apart sizes whose ratio is over sixteen million.
/// - Memory: 1.6 kB, whatever the number of rows. Adding O(1), asking O(40).
struct LogHistogram: Sendable {
  static let perOctave = 16
  static let octaveCount = 24

  private var buckets = [UInt32](repeating: 0, count: octaveCount * perOctave)
  private var octaves = [UInt32](repeating: 0, count: octaveCount)
  /// Number of the lowest bucket, a whole octave; nil before the first magnitude above 0.
  private var lowest: Int?
  private(set) var zeros = 0
  /// Zeros included.
  private(set) var count = 0

  /// Takes in a finite magnitude, 0 or above.
  mutating func add(_ magnitude: Double) {
    count += 1
    guard magnitude > 0 else {
      zeros += 1
      return
    }
    let at = place(of: magnitude)
    if buckets[at] < .max {
      buckets[at] += 1
      octaves[at / Self.perOctave] += 1
    }
  }

  /// How many were in a bucket above that of `magnitude`, and how many in its own.
  func ranks(of magnitude: Double) -> (above: Int, equal: Int) {
    guard let lowest else { return (0, magnitude > 0 ? 0 : zeros) }
    guard magnitude > 0 else { return (count - zeros, zeros) }
    let number = Self.number(of: magnitude) - lowest
    if number >= buckets.count { return (0, 0) }
    let at = max(0, number)
    let octave = at / Self.perOctave
    var above = 0
    for later in octave + 1..<max(octave + 1, Self.octaveCount) { above += Int(octaves[later]) }
    for later in at + 1..<max(at + 1, (octave + 1) * Self.perOctave) {
      above += Int(buckets[later])
    }
    return (above, Int(buckets[at]))
  }

  /// The least bucket edge that at most `rank` magnitudes exceed, and how many do; 0 where fewer are above 0.
  func edge(exceededBy rank: Int) -> (value: Double, above: Int) {
    guard let lowest, count - zeros > rank else { return (0, count - zeros) }
    var above = 0
    for octave in stride(from: Self.octaveCount - 1, through: 0, by: -1) {
      if above + Int(octaves[octave]) <= rank {
        above += Int(octaves[octave])
        continue
      }
      for at in stride(from: (octave + 1) * Self.perOctave - 1, through: 0, by: -1) {
        if above + Int(buckets[at]) > rank { return (Self.edge(lowest + at + 1), above) }
        above += Int(buckets[at])
      }
    }
    return (0, above)
  }

  /// The sum of what those above a bucket's edge exceed it by, each taken at the middle of its bucket.
  func excess(over edge: Double) -> Double {
    guard let lowest else { return 0 }
    var sum = 0.0
    let first = max(0, Self.number(of: edge) - lowest)
    for at in first..<max(first, buckets.count) where buckets[at] > 0 {
      let middle = (Self.edge(lowest + at) + Self.edge(lowest + at + 1)) / 2
      sum += Double(buckets[at]) * (middle - edge)
    }
    return sum
  }

  private static func number(of magnitude: Double) -> Int { Int(magnitude.bitPattern >> 48) }

  private static func edge(_ number: Int) -> Double {
    Double(bitPattern: UInt64(max(0, number)) << 48)
  }

  private mutating func place(of magnitude: Double) -> Int {
    let number = Self.number(of: magnitude)
    let begin = lowest ?? (number / Self.perOctave - Self.octaveCount + 4) * Self.perOctave
    if lowest == nil { lowest = begin }
    let beyond = number - begin - buckets.count
    if beyond >= 0 { raise(byOctaves: beyond / Self.perOctave + 1) }
    return max(0, number - (lowest ?? 0))
  }

  /// Moves the window up; what falls out below is added to the lowest bucket.
  private mutating func raise(byOctaves raised: Int) {
    let gone = min(raised * Self.perOctave, buckets.count)
    let fallen = buckets[..<gone].reduce(UInt32(0)) { $0 &+ $1 }
    buckets.removeFirst(gone)
    buckets.append(contentsOf: repeatElement(0, count: gone))
    buckets[0] = buckets[0] &+ fallen
    for octave in 0..<Self.octaveCount {
      let start = octave * Self.perOctave
      octaves[octave] = buckets[start..<start + Self.perOctave].reduce(UInt32(0)) { $0 &+ $1 }
    }
    lowest = (lowest ?? 0) + raised * Self.perOctave
  }
}
