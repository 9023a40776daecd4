internal import Bytes
package import Model

/// Reads a moment written as a decimal number since 1970: seconds, milli-, micro- or nanoseconds.
///
/// The unit is told by magnitude: below 10^11 seconds (until the year 5138), below 10^14
/// milliseconds, below 10^17 microseconds, else nanoseconds. A fraction and an exponent are taken;
/// what lies below the nanosecond is dropped.
package enum EpochStamp {
  /// The stamp, and how many fractional digits of a second it states.
  ///
  /// - Parameter bytes: the whole number, as in `1772357400.25`; anything else is refused.
  package static func read(_ bytes: Span<UInt8>) -> (time: Timestamp, digits: UInt8)? {
    let count = bytes.count
    guard count > 0, count <= 40 else { return nil }
    var index = 0
    let isNegative = bytes[0] == 0x2d
    if isNegative { index = 1 }
    var mantissa: UInt64 = 0
    var scale = 0
    var digits = 0
    var seen = 0
    var isFraction = false
    scan: while index < count {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        seen += 1
        if digits < 19 {
          mantissa = mantissa * 10 + UInt64(byte ^ 0x30)
          if mantissa > 0 { digits += 1 }
          if isFraction { scale -= 1 }
        } else if !isFraction {
          return nil
        }
      case 0x2e where !isFraction: isFraction = true
      case 0x65, 0x45: break scan
      default: return nil
      }
      index += 1
    }
    guard seen > 0 else { return nil }
    if index < count {
      guard let exponent = exponent(bytes, index + 1) else { return nil }
      scale += exponent
    }
    return stamp(mantissa, scale: scale, isNegative: isNegative)
  }

  /// A whole number of microseconds, as the journal writes it; nil for anything but 1 to 18 digits.
  package static func microseconds(_ bytes: Span<UInt8>) -> Timestamp? {
    guard let value = decimal(bytes), value <= 9_223_372_036_854_775 else { return nil }
    return Timestamp(nanoseconds: Int64(value) &* 1000)
  }

  /// A whole number of nanoseconds, as OTLP writes it.
  package static func nanoseconds(_ bytes: Span<UInt8>) -> Timestamp? {
    guard let value = decimal(bytes), value > 0, value <= UInt64(Int64.max) else { return nil }
    return Timestamp(nanoseconds: Int64(value))
  }

  /// The value of 1 to 19 decimal digits.
  static func decimal(_ bytes: Span<UInt8>) -> UInt64? {
    let count = bytes.count
    guard count > 0, count <= 19 else { return nil }
    var value: UInt64 = 0
    for index in 0..<count {
      let digit = bytes[index] ^ 0x30
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value
  }

  private static func exponent(_ bytes: Span<UInt8>, _ from: Int) -> Int? {
    var index = from
    guard index < bytes.count else { return nil }
    let isNegative = bytes[index] == 0x2d
    if isNegative || bytes[index] == 0x2b { index += 1 }
    guard index < bytes.count, bytes.count - index <= 3 else { return nil }
    var value = 0
    while index < bytes.count {
      let digit = bytes[index] ^ 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// `mantissa * 10^scale` in the unit that its size tells.
  private static func stamp(
    _ mantissa: UInt64, scale: Int, isNegative: Bool
  ) -> (time: Timestamp, digits: UInt8)? {
    guard let whole = shifted(mantissa, by: scale) else { return nil }
    let unit =
      whole < 100_000_000_000
      ? 0
      : whole < 100_000_000_000_000 ? 3 : whole < 100_000_000_000_000_000 ? 6 : 9
    guard let value = shifted(mantissa, by: scale + 9 - unit), value <= UInt64(Int64.max) else {
      return nil
    }
    let nanoseconds = Int64(value)
    let digits = min(9, max(unit, unit - scale))
    return (
      Timestamp(nanoseconds: isNegative ? -nanoseconds : nanoseconds),
      UInt8(truncatingIfNeeded: digits)
    )
  }

  private static func shifted(_ value: UInt64, by scale: Int) -> UInt64? {
    var value = value
    var scale = scale
    while scale < 0, value > 0 {
      value /= 10
      scale += 1
    }
    while scale > 0, value > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
      scale -= 1
    }
    return value
  }
}
