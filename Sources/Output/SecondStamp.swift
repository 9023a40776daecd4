internal import Bytes
internal import Model

/// RFC 3339 stamps in UTC where neighbours often share their second: the date is made once a second.
struct SecondStamp: ~Copyable {
  private var second = Int64.min
  private var text = ByteBuffer(capacity: 64)

  /// Writes `2026-03-01T09:30:00`, the fraction in `digits` digits, and `Z`.
  mutating func write(_ time: Timestamp, fractionDigits digits: Int, to out: inout ByteBuffer) {
    let perSecond: Int64 = 1_000_000_000
    var whole = time.nanoseconds / perSecond
    var fraction = time.nanoseconds % perSecond
    if fraction < 0 {
      fraction += perSecond
      whole -= 1
    }
    if whole != second {
      second = whole
      text.removeAll()
      text.write(time)
      text.truncate(to: text.count - 1)
    }
    out.write(text.span)
    if digits > 0 {
      let shown = min(digits, 9)
      out.write(0x2e)
      for _ in shown..<9 { fraction /= 10 }
      out.write(decimal: fraction, minimumDigits: shown)
    }
    out.write(0x5a)
  }
}
