import Bytes

/// Offsets from UTC as they stand behind a time of day: `Z`, `+02:00`, `-0700`, `UTC`, `CEST`.
enum StampZone {
  /// Seconds east of UTC and where the zone ends; nil where none stands at `at`.
  ///
  /// One blank may stand before a zone. Names that several countries use mean what they mean in
  /// North America (RFC 5322 section 4.3) or central Europe.
  static func read(_ text: Span<UInt8>, _ at: Int) -> (offset: Int, end: Int)? {
    var from = at
    if text.holds(0x20, at: from) { from += 1 }
    guard from < text.count else { return nil }
    switch text[from] {
    case 0x5a where from == at:
      return from + 1 < text.count && text[from + 1].isAlphanumeric ? nil : (0, from + 1)
    case 0x2b, 0x2d: return numeric(text, from)
    default: return text[from].isUpper ? named(text, from) : nil
    }
  }

  /// `±hh:mm`, `±hhmm` or `±hh`, less than a day.
  private static func numeric(_ text: Span<UInt8>, _ at: Int) -> (offset: Int, end: Int)? {
    let hours = text.digits(at + 1, 2)
    guard hours >= 0, hours < 24 else { return nil }
    var end = at + 3
    var minutes = 0
    if text.holds(0x3a, at: end) {
      minutes = text.digits(end + 1, 2)
      guard minutes >= 0 else { return nil }
      end += 3
    } else {
      let short = text.digits(end, 2)
      if short >= 0 {
        minutes = short
        end += 2
      }
    }
    guard minutes < 60, end >= text.count || !text[end].isAlphanumeric else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return (text[at] == 0x2d ? -seconds : seconds, end)
  }

  private static func named(_ text: Span<UInt8>, _ at: Int) -> (offset: Int, end: Int)? {
    var end = at
    var key: UInt32 = 0
    while end < text.count, text[end].isUpper {
      guard end - at < 4 else { return nil }
      key = key << 8 | UInt32(text[end])
      end += 1
    }
    guard end - at >= 3, end >= text.count || !text[end].isAlphanumeric,
      let minutes = minutes(of: key)
    else { return nil }
    return (minutes * 60, end)
  }

  private static func minutes(of key: UInt32) -> Int? {
    switch key {
    case 0x555443, 0x474d54, 0x574554: 0  // UTC GMT WET
    case 0x425354, 0x434554, 0x574553, 0x5745_5354: 60  // BST CET WEST
    case 0x4345_5354, 0x454554: 120  // CEST EET
    case 0x4545_5354, 0x4d534b: 180  // EEST MSK
    case 0x495354: 330  // IST
    case 0x4a5354, 0x4b5354: 540  // JST KST
    case 0x455354, 0x434454: -300  // EST CDT
    case 0x454454: -240  // EDT
    case 0x435354, 0x4d4454: -360  // CST MDT
    case 0x4d5354, 0x504454: -420  // MST PDT
    case 0x505354: -480  // PST
    default: nil
    }
  }
}
