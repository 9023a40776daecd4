import Bytes

extension StampParts {
  /// Reads `hh:mm:ss`, `h:mm:ss`, `hh.mm.ss` or `hhmmss` with a fraction after `.`, `,` or `:`, and
  /// AM or PM; moves `end` behind it. False where no time of day stands at `at`.
  @inline(__always)
  mutating func readTime(_ text: Span<UInt8>, _ at: Int) -> Bool {
    var hourEnd = at + 2
    var hours = text.digits(at, 2)
    if hours < 0 {
      hours = text.digits(at, 1)
      hourEnd = at + 1
      if hours < 0 { return false }
    }
    guard hours < 24, hourEnd < text.count else { return false }
    let mark = text[hourEnd]
    guard mark == 0x3a || mark == 0x2e else { return readPackedTime(text, at) }
    var next = hourEnd + 1
    guard let minutes = pair(text, &next), text.holds(mark, at: next) else { return false }
    next += 1
    guard let seconds = pair(text, &next), minutes < 60, seconds <= 60 else { return false }
    hour = hours
    minute = minutes
    second = seconds
    end = next
    readFraction(text)
    readHalf(text)
    return true
  }

  /// Two digits, or one (as some programs write them).
  @inline(__always)
  private func pair(_ text: Span<UInt8>, _ at: inout Int) -> Int? {
    let two = text.digits(at, 2)
    if two >= 0 {
      at += 2
      return two
    }
    let one = text.digits(at, 1)
    at += 1
    return one < 0 ? nil : one
  }

  private mutating func readPackedTime(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let packed = text.digits(at, 6)
    let isUTC = text.holds(0x5a, at: at + 6)
    guard packed >= 0, at + 6 >= text.count || isUTC || !text[at + 6].isAlphanumeric else {
      return false
    }
    hour = packed / 10000
    minute = packed / 100 % 100
    second = packed % 100
    end = at + 6
    readFraction(text)
    return hour < 24 && minute < 60 && second <= 60
  }

  @inline(__always)
  private mutating func readFraction(_ text: Span<UInt8>) {
    guard end + 1 < text.count else { return }
    let mark = text[end]
    guard mark == 0x2e || mark == 0x2c || mark == 0x3a, text[end + 1].isDigit else { return }
    var at = end + 1
    var value = 0
    var width: UInt8 = 0
    while at < text.count {
      let digit = text[at] &- 0x30
      if digit > 9 { break }
      if width < 9 {
        value = value * 10 + Int(digit)
        width += 1
      }
      at += 1
    }
    if mark == 0x3a {
      // Milliseconds behind a colon, which some programs write without leading zeros.
      guard width <= 3, at >= text.count || text[at] != 0x3a else { return }
      digits = 3
      nanosecond = value * 1_000_000
    } else {
      digits = width
      for _ in width..<9 { value *= 10 }
      nanosecond = value
    }
    end = at
  }

  private mutating func readHalf(_ text: Span<UInt8>) {
    guard end + 2 < text.count, text[end] == 0x20, text[end + 2] == 0x4d,
      end + 3 >= text.count || !text[end + 3].isAlphanumeric, hour >= 1, hour <= 12
    else { return }
    if text[end + 1] == 0x50 {
      hour = hour % 12 + 12
    } else if text[end + 1] == 0x41 {
      hour %= 12
    } else {
      return
    }
    end += 3
  }
}
