import Bytes
import Model

/// Reads TAI64N labels: 24 hexadecimal digits, seconds from 2^62 on and nanoseconds.
///
/// Source: D. J. Bernstein, "TAI64, TAI64N, and TAI64NA"; as its tools do, ten seconds are taken off and
/// no leap seconds, so that the label of a moment is that of its Unix time.
enum TAI64Stamp {
  private static let base: UInt64 = (1 << 62) + 10

  static func read(_ text: Span<UInt8>, _ at: Int) -> Stamp? {
    guard let seconds = text.hexNumber(at..<(at + 16)),
      let nanoseconds = text.hexNumber((at + 16)..<(at + 24)),
      seconds >= base, seconds - base < 7_258_118_400, nanoseconds < 1_000_000_000
    else { return nil }
    let end = at + 24
    guard end >= text.count || !text[end].isAlphanumeric else { return nil }
    return Stamp(
      time: Timestamp(nanoseconds: Int64(seconds - base) * 1_000_000_000 + Int64(nanoseconds)),
      digits: 9, end: end, hasZone: true)
  }
}
