package import Bytes

extension ByteBuffer {
  /// RFC 3339 in UTC with `digits` (0 to 9) fractional digits, as in `2026-03-01T09:30:00.125Z`.
  package mutating func write(_ time: Timestamp, fractionDigits digits: Int = 0) {
    let civil = CivilTime(time)
    write(decimal: Int64(civil.year), minimumDigits: 4)
    write(0x2d)
    write(twoDigits: civil.month)
    write(0x2d)
    write(twoDigits: civil.day)
    write(0x54)
    write(twoDigits: civil.hour)
    write(0x3a)
    write(twoDigits: civil.minute)
    write(0x3a)
    write(twoDigits: civil.second)
    let shown = min(digits, 9)
    if shown > 0 {
      write(0x2e)
      var fraction = Int64(civil.nanosecond)
      for _ in shown..<9 { fraction /= 10 }
      write(decimal: fraction, minimumDigits: shown)
    }
    write(0x5a)
  }

  /// A number from 0 to 99 in two digits.
  package mutating func write(twoDigits number: Int) {
    write(0x30 + UInt8(truncatingIfNeeded: number / 10 % 10))
    write(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }
}
