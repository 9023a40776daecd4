internal import Bytes
package import Model

/// Reads `2026-03-01T09:30:00.123456789+01:00` and its relatives (RFC 3339, ISO 8601) out of bytes.
///
/// Also taken: a blank for the `T`, slashes in the date, a comma before the fraction, no zone, a zone
/// as `+0100`, `+01`, ` +0100` or ` UTC`. Fractions beyond nine digits are passed over. Nothing is
/// allocated; three 8-byte loads check and read date and time (the idea of reading digits in parallel
/// within a word is D. Lemire's, "Quickly parsing eight digits", 2018).
package enum ISOStamp {
  /// The stamp that begins at `at`, how many fractional digits it has, and where it ends.
  ///
  /// - Parameter zone: that of a stamp that states none.
  package static func read(
    _ bytes: Span<UInt8>, at: Int, zone: InputZone
  ) -> (time: Timestamp, digits: UInt8, end: Int)? {
    let count = bytes.count
    guard at >= 0, count - at >= 19 else { return nil }
    let dashed = bytes.word(at: at) ^ 0x2d30_302d_3030_3030
    let date = dashed & ~0xff00_00ff_0000_0000
    let marks = dashed & 0xff00_00ff_0000_0000
    guard marks == 0 || marks == 0x0200_0002_0000_0000, isDigits(date) else { return nil }
    let dayOnes = bytes[at + 9] ^ 0x30
    let dayTens = bytes[at + 8] ^ 0x30
    let joint = bytes[at + 10]
    guard dayOnes <= 9, dayTens <= 9, joint == 0x54 || joint == 0x20 || joint == 0x74 else {
      return nil
    }
    let clock = bytes.word(at: at + 11) ^ 0x3030_3a30_303a_3030
    guard clock & 0x0000_ff00_00ff_0000 == 0, isDigits(clock) else { return nil }

    let year =
      digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3)
    let month = digit(date, 5) * 10 + digit(date, 6)
    let day = Int(dayTens) * 10 + Int(dayOnes)
    let hour = digit(clock, 0) * 10 + digit(clock, 1)
    let minute = digit(clock, 3) * 10 + digit(clock, 4)
    let second = digit(clock, 6) * 10 + digit(clock, 7)
    var end = at + 19
    guard let fraction = fraction(bytes, &end) else { return nil }
    let stated = stated(bytes, &end)
    guard
      let local = CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        nanosecond: fraction.nanoseconds
      ).timestamp
    else { return nil }
    let time = local.advanced(
      byNanoseconds: Int64(clamping: stated ?? zone.offset(ofLocal: local)) &* -1_000_000_000)
    return (time, fraction.digits, end)
  }

  @inline(__always)
  private static func isDigits(_ word: UInt64) -> Bool {
    ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 == 0
  }

  @inline(__always)
  private static func digit(_ word: UInt64, _ index: UInt64) -> Int {
    Int(truncatingIfNeeded: (word >> (index &* 8)) & 15)
  }

  /// The digits after a point or comma; none is no fraction; nil where a digit follows the seconds.
  @inline(__always)
  private static func fraction(
    _ bytes: Span<UInt8>, _ end: inout Int
  ) -> (nanoseconds: Int, digits: UInt8)? {
    let count = bytes.count
    guard end < count else { return (0, 0) }
    let mark = bytes[end]
    if mark ^ 0x30 <= 9 { return nil }
    guard mark == 0x2e || mark == 0x2c, end + 1 < count, bytes[end + 1] ^ 0x30 <= 9 else {
      return (0, 0)
    }
    var index = end + 1
    var value = 0
    var digits = 0
    while index < count {
      let digit = bytes[index] ^ 0x30
      guard digit <= 9 else { break }
      if digits < 9 {
        value = value &* 10 &+ Int(digit)
        digits &+= 1
      }
      index &+= 1
    }
    end = index
    return (value &* powerOfTen(9 &- digits), UInt8(truncatingIfNeeded: digits))
  }

  @inline(__always)
  private static func powerOfTen(_ exponent: Int) -> Int {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    default: 1_000_000_000
    }
  }

  /// The zone's offset in seconds east, where one is stated at `end`.
  private static func stated(_ bytes: Span<UInt8>, _ end: inout Int) -> Int? {
    let count = bytes.count
    guard end < count else { return nil }
    var index = end
    var mark = bytes[index]
    if mark == 0x5a || mark == 0x7a {
      end = index + 1
      return 0
    }
    let isApart = mark == 0x20
    if isApart {
      guard index + 3 < count else { return nil }
      index += 1
      mark = bytes[index]
      let isName = bytes.has("UTC", at: index) || bytes.has("GMT", at: index)
      if isName, index + 3 == count || bytes[index + 3] | 0x20 &- 0x61 > 25 {
        end = index + 3
        return 0
      }
    }
    guard mark == 0x2b || mark == 0x2d, let hours = pair(bytes, index + 1), hours <= 23 else {
      return nil
    }
    var after = index + 3
    var minutes = 0
    let colon = after < count && bytes[after] == 0x3a
    if let read = pair(bytes, colon ? after + 1 : after), read <= 59 {
      minutes = read
      after += colon ? 3 : 2
    } else if isApart {
      return nil
    }
    if after < count, bytes[after] ^ 0x30 <= 9 { return nil }
    end = after
    let offset = hours * 3600 + minutes * 60
    return mark == 0x2d ? -offset : offset
  }

  private static func pair(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    guard at + 2 <= bytes.count else { return nil }
    let tens = bytes[at] ^ 0x30
    let ones = bytes[at + 1] ^ 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }
}
