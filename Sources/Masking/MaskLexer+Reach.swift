internal import Bytes
internal import Model

/// Values that hold delimiters: URLs, times, dates, and addresses with colons.
extension MaskLexer {
  /// Bytes of an address or fingerprint with colons: 95 for SHA-256. Larger would cost time on runs of
  /// colons that are none, since each of their chunks is tried.
  private static let colonLimit = 100

  /// A value that goes over the colon at `colon`, begun by a chunk without digits (or by none).
  func reachOverColon(
    _ text: Span<UInt8>, _ start: Int, _ colon: Int, _ end: Int, _ seen: UInt8
  ) -> Reach? {
    let next = colon &+ 1
    guard next < end else { return nil }
    if text[next] == 0x2f {
      guard next &+ 2 < end, text[next &+ 1] == 0x2f, colon &- start >= 2,
        !has(text, next &+ 2, end, ByteClass.space)
      else { return nil }
      return Reach(wildcard: .url, end: urlEnd(text, next &+ 2, end))
    }
    if seen == 0 {
      guard text[next] == 0x3a,
        start == 0 || classes[text[start &- 1]] & ByteClass.alphanumeric == 0,
        has(text, next &+ 1, end, ByteClass.hexadecimal)
      else { return nil }
      return colonHex(text, start, end)
    }
    guard seen & ~(ByteClass.lowerHex | ByteClass.upperHex) == 0, colon &- start <= 4,
      has(text, next, end, ByteClass.hexadecimal) || text[next] == 0x3a
    else { return nil }
    return colonHex(text, start, end)
  }

  /// Where a URL ends: before white space, quotes, brackets that it did not open, and closing marks.
  func urlEnd(_ text: Span<UInt8>, _ from: Int, _ end: Int) -> Int {
    var at = from
    var depth = 0
    scan: while at < end {
      switch text[at] {
      case 0...0x20, 0x22, 0x27, 0x3c, 0x3e, 0x5c, 0x60, 0x7b, 0x7d, 0x7c: break scan
      case 0x28, 0x5b: depth &+= 1
      case 0x29, 0x5d:
        if depth == 0 { break scan }
        depth &-= 1
      default: break
      }
      at &+= 1
    }
    trim: while at > from {
      switch text[at &- 1] {
      case 0x2e, 0x3a, 0x21, 0x3f, 0x2c, 0x3b: at &-= 1
      default: break trim
      }
    }
    return at
  }

  /// A date, a time of day, or an address with colons that begins with the digits at `start`.
  func reachFromDigits(_ text: Span<UInt8>, _ start: Int, _ chunkEnd: Int, _ end: Int) -> Reach? {
    let length = digits(text, start, end)
    let next = start &+ length
    guard next < end else { return nil }
    let mark = text[next]
    if length == 4 || length <= 2, mark == 0x2d || mark == 0x2f || mark == 0x2e,
      let date = date(text, start, length, end)
    {
      return Reach(wildcard: .time, end: dayTime(text, date, end))
    }
    if length == 8, mark == 0x54, let time = compactTime(text, next, end) {
      return Reach(wildcard: .time, end: time)
    }
    if mark == 0x3a, length <= 2, let time = clock(text, start, end) {
      return Reach(wildcard: .time, end: zone(text, time, end))
    }
    return nil
  }

  /// A date `2024-01-31`, `2024/01/31`, `31/Jan/2024`, `31-Jan-2024`, `31.01.2024`: its end, or nil.
  private func date(_ text: Span<UInt8>, _ start: Int, _ length: Int, _ end: Int) -> Int? {
    let mark = text[start &+ length]
    let second = start &+ length &+ 1
    if length == 4 {
      guard mark != 0x2e, digits(text, second, end) == 2, second &+ 2 < end,
        text[second &+ 2] == mark, digits(text, second &+ 3, end) == 2
      else { return nil }
      return second &+ 5
    }
    if isDigit(text, second, end) {
      let middle = digits(text, second, end)
      guard middle <= 2, second &+ middle < end, text[second &+ middle] == mark,
        digits(text, second &+ middle &+ 1, end) == 4
      else { return nil }
      let last = second &+ middle &+ 5
      if mark == 0x2e, has(text, last, end, ByteClass.alphanumeric) { return nil }
      return last
    }
    guard mark != 0x2e, second &+ 4 < end, isMonth(text, second), text[second &+ 3] == mark
    else { return nil }
    let year = digits(text, second &+ 4, end)
    return year == 4 || year == 2 ? second &+ 4 &+ year : nil
  }

  /// Whether the three letters at `at` begin a month's English name.
  private func isMonth(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let a = text[at] | 0x20
    let b = text[at &+ 1] | 0x20
    let c = text[at &+ 2] | 0x20
    let packed = UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c)
    switch packed {
    case 0x6a616e, 0x666562, 0x6d6172, 0x617072, 0x6d6179, 0x6a756e, 0x6a756c, 0x617567, 0x736570,
      0x6f6374, 0x6e6f76, 0x646563:
      return true
    default: return false
    }
  }

  /// The end of a time of day behind a date that ends at `at`, or `at`.
  private func dayTime(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard at &+ 3 < end else { return at }
    switch text[at] {
    case 0x54, 0x74, 0x20, 0x3a, 0x5f, 0x2d, 0x2c, 0x2f:
      var from = at &+ 1
      if text[from] == 0x20, text[at] != 0x20 { from &+= 1 }
      guard let time = clock(text, from, end) else { return at }
      return zone(text, time, end)
    default: return at
    }
  }

  /// The end of `hh:mm:ss`, with a fraction if there is one.
  private func clock(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    let hours = digits(text, at, end)
    let minute = at &+ hours &+ 1
    guard hours == 1 || hours == 2, minute &+ 5 <= end, text[minute &- 1] == 0x3a,
      digits(text, minute, end) == 2, text[minute &+ 2] == 0x3a,
      digits(text, minute &+ 3, end) == 2
    else { return nil }
    let after = minute &+ 5
    if after < end, text[after] == 0x3a {
      // Milliseconds behind a colon; more colons are no time of day.
      let fraction = digits(text, after &+ 1, end)
      guard fraction == 3, !has(text, after &+ 4, end, ByteClass.alphanumeric) else { return nil }
      return after &+ 4
    }
    if after &+ 1 < end, text[after] == 0x2e || text[after] == 0x2c {
      let fraction = digits(text, after &+ 1, end)
      if fraction > 0 { return after &+ 1 &+ fraction }
    }
    return after
  }

  /// The end of a zone behind a time: `Z`, `+01:00`, `+0100`, ` +0100`, ` UTC`, ` GMT`; or `at`.
  private func zone(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard at < end else { return at }
    if text[at] == 0x5a || text[at] == 0x7a {
      return has(text, at &+ 1, end, ByteClass.alphanumeric) ? at : at &+ 1
    }
    var from = at
    if text[from] == 0x20 {
      from &+= 1
      if from &+ 3 <= end,
        text[from] == 0x55 && text[from &+ 1] == 0x54 && text[from &+ 2] == 0x43
          || text[from] == 0x47 && text[from &+ 1] == 0x4d && text[from &+ 2] == 0x54,
        !has(text, from &+ 3, end, ByteClass.alphanumeric)
      {
        return from &+ 3
      }
    }
    guard from &+ 2 < end, text[from] == 0x2b || text[from] == 0x2d else { return at }
    let hours = digits(text, from &+ 1, end)
    if hours == 4 { return from &+ 5 }
    guard hours == 2 else { return at }
    let colon = from &+ 3
    if colon &+ 2 < end, text[colon] == 0x3a, digits(text, colon &+ 1, end) == 2 {
      return colon &+ 3
    }
    return from > at ? at : from &+ 3
  }

  /// The end of `T101500Z` behind eight digits.
  private func compactTime(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    guard digits(text, at &+ 1, end) == 6 else { return nil }
    var after = at &+ 7
    if after &+ 1 < end, text[after] == 0x2e { after &+= 1 &+ digits(text, after &+ 1, end) }
    return zone(text, after, end)
  }

  /// A MAC or IPv6 address or another run of hexadecimal groups with colons.
  ///
  /// It must hold a digit and either a double colon, eight groups, or six and more groups of two.
  func colonHex(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Reach? {
    var at = start
    var groups = 0
    var pairs = 0
    var length = 0
    var colons = 0
    var isShortened = false
    var sawDigit = false
    let limit = start &+ Self.colonLimit
    scan: while at < end {
      if at == limit { return nil }
      let byte = text[at]
      if byte == 0x3a {
        if length > 0 {
          groups &+= 1
          if length == 2 { pairs &+= 1 }
        } else if at > start {
          if isShortened { return nil }
          isShortened = true
        } else if at &+ 1 < end, text[at &+ 1] != 0x3a {
          return nil
        }
        colons &+= 1
        length = 0
      } else if classes[byte] & ByteClass.hexadecimal != 0 {
        if byte < 0x3a { sawDigit = true }
        length &+= 1
        if length > 4 { return nil }
      } else {
        break scan
      }
      at &+= 1
    }
    guard colons >= 2 else { return nil }
    var after = at
    if length > 0 {
      groups &+= 1
      if length == 2 { pairs &+= 1 }
      if at < end, text[at] == 0x2e, isShortened || groups == 7,
        let tail = addressEnd(text, at &- length, end)
      {
        return Reach(wildcard: .ip, end: tail)
      }
    } else if text[at &- 2] != 0x3a {
      // A single colon behind the last group is the text's own.
      after &-= 1
      colons &-= 1
    }
    if after < end, classes[text[after]] & ByteClass.alphanumeric != 0 { return nil }
    if !isShortened, let bus = busEnd(text, start, at, groups, length, end) {
      return Reach(wildcard: .hex, end: bus)
    }
    if isShortened || groups == 8 && pairs < 8 {
      guard sawDigit, groups > 0 else { return nil }
      if after < end, text[after] == 0x25 {
        after &+= 1
        while has(text, after, end, ByteClass.alphanumeric) { after &+= 1 }
      } else if after &+ 1 < end, text[after] == 0x2f {
        let bits = digits(text, after &+ 1, end)
        if bits > 0, bits <= 3 { after &+= 1 &+ bits }
      }
      return Reach(wildcard: .ip, end: after)
    }
    guard groups >= 6, pairs == groups else { return nil }
    return Reach(wildcard: .hex, end: after)
  }

  /// The end of a PCI function's address, `0000:3f:00.1` or `3f:00.1`, whose groups end at `at`; or nil.
  private func busEnd(
    _ text: Span<UInt8>, _ start: Int, _ at: Int, _ groups: Int, _ length: Int, _ end: Int
  ) -> Int? {
    guard groups == 3, length == 2, at &- start == 10, text[start &+ 4] == 0x3a,
      at &+ 1 < end, text[at] == 0x2e, text[at &+ 1] &- 0x30 < 8,
      !has(text, at &+ 2, end, ByteClass.alphanumeric)
    else { return nil }
    return at &+ 2
  }

  /// The end of a dotted IPv4 address at `at`, or nil.
  func addressEnd(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    var index = at
    for part in 0..<4 {
      let length = digits(text, index, end)
      guard length >= 1, length <= 3 else { return nil }
      var value = 0
      for digit in 0..<length { value = value * 10 &+ Int(text[index &+ digit] &- 0x30) }
      guard value <= 255 else { return nil }
      index &+= length
      if part < 3 {
        guard index < end, text[index] == 0x2e else { return nil }
        index &+= 1
      }
    }
    return index
  }
}
