import Bytes

enum MonthName {
  /// The month whose English abbreviation stands at `at`, 1 to 12; 0 where none does.
  @inline(__always)
  static func read(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at >= 0, at + 3 <= text.count else { return 0 }
    let key =
      UInt32(text[at] | 0x20) << 16 | UInt32(text[at + 1] | 0x20) << 8
      | UInt32(text[at + 2] | 0x20)
    switch key {
    case 0x6a616e: return 1
    case 0x666562: return 2
    case 0x6d6172: return 3
    case 0x617072: return 4
    case 0x6d6179: return 5
    case 0x6a756e: return 6
    case 0x6a756c: return 7
    case 0x617567: return 8
    case 0x736570: return 9
    case 0x6f6374: return 10
    case 0x6e6f76: return 11
    case 0x646563: return 12
    default: return 0
    }
  }

  private static let lengths: [Int] = [7, 8, 5, 5, 3, 4, 4, 6, 9, 7, 8, 8]

  /// Where the name of `month` at `at` ends: behind three letters, or behind all of them.
  static func end(of month: Int, _ text: Span<UInt8>, _ at: Int) -> Int {
    guard at + 3 < text.count, text[at + 3].isLower else { return at + 3 }
    var end = at + 3
    while end < text.count, text[end].isLower { end += 1 }
    return end - at == lengths[month - 1] ? end : at + 3
  }

  /// Where the English abbreviation of a weekday or its name at `at` ends (with a comma behind it), or nil.
  static func weekdayEnd(_ text: Span<UInt8>, _ at: Int) -> Int? {
    guard at + 4 < text.count else { return nil }
    let key =
      UInt32(text[at] | 0x20) << 16 | UInt32(text[at + 1] | 0x20) << 8
      | UInt32(text[at + 2] | 0x20)
    switch key {
    case 0x6d6f6e, 0x747565, 0x776564, 0x746875, 0x667269, 0x736174, 0x73756e:
      var end = at + 3
      while end < text.count, end < at + 9, text[end].isLower { end += 1 }
      guard end == at + 3 || text.has("day", at: end - 3), end < text.count else { return nil }
      if text[end] == 0x2c { end += 1 }
      return text.holds(0x20, at: end) ? end : nil
    default: return nil
    }
  }
}
