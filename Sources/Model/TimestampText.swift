package import Bytes

extension ByteWriter {
  /// RFC 3339 in UTC with `digits` (0 to 9) fractional digits, as in `2026-03-01T09:30:00.125Z`.
  package mutating func write(_ time: Timestamp, fractionDigits digits: Int = 0) {
    let civil = CivilTime(time)
    write(decimal: Int64(civil.year), minimumDigits: 4)
    write(0x2d)
    write(decimal: Int64(civil.month), minimumDigits: 2)
    write(0x2d)
    write(decimal: Int64(civil.day), minimumDigits: 2)
    write(0x54)
    write(decimal: Int64(civil.hour), minimumDigits: 2)
    write(0x3a)
    write(decimal: Int64(civil.minute), minimumDigits: 2)
    write(0x3a)
    write(decimal: Int64(civil.second), minimumDigits: 2)
    if digits > 0 {
      write(0x2e)
      var fraction = Int64(civil.nanosecond)
      for _ in digits..<9 { fraction /= 10 }
      write(decimal: fraction, minimumDigits: min(digits, 9))
    }
    write(0x5a)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with milliseconds where there are any, nanoseconds where those are not enough.
  @usableFromInline package var description: String {
    guard isKnown else { return "unknown" }
    var writer = ByteWriter(reserving: 32)
    let digits =
      nanoseconds % 1_000_000_000 == 0 ? 0 : nanoseconds % 1_000_000 == 0 ? 3 : 9
    writer.write(self, fractionDigits: digits)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
