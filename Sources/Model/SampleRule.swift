/// Which of a shape's entries are looked at, where not all can be: those whose hash ends in so many zero bits.
///
/// The hash is of time, length and the shape's own text (`seed`): the same for any division of a stream into batches, workers and
/// shards. What is chosen by more bits is among what is chosen by fewer, so a shard that keeps what its own counts
/// choose keeps all that a merge can ask for.
@usableFromInline
package enum SampleRule {
  /// Entries of a shape that are looked at in a minute.
  package static var perShape: Int { 5 }
  /// Bytes of a message that count towards its length: a shard keeps no more.
  @inlinable package static var longest: Int { 4096 }

  /// Zero bits that leave `perShape` of so many entries, on average.
  package static func bits(for entries: Int) -> UInt8 {
    var bits: UInt8 = 0
    while bits < 24, entries >> Int(bits) > perShape { bits += 1 }
    return bits
  }

  /// Whether an entry of the shape with this seed is chosen, by when it came and how long its message is.
  @inlinable @inline(__always)
  package static func chooses(_ time: Timestamp, length: Int, seed: UInt32, bits: UInt8) -> Bool {
    if bits == 0 { return true }
    let mixed =
      UInt64(bitPattern: time.nanoseconds)
      ^ UInt64(truncatingIfNeeded: min(length, longest)) << 52 ^ UInt64(seed) << 32
    let product = mixed.multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return (product.high ^ product.low).trailingZeroBitCount >= Int(bits)
  }
}
