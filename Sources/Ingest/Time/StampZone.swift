import Bytes

/// Offsets from UTC as they stand behind a time of day: `Z`, `+02:00`, `-0700`, `UTC`.
enum StampZone {
  /// Seconds east of UTC and where the zone ends; nil where none stands at `at`.
  ///
  /// One blank may stand before a zone. An abbreviation is passed over and has no offset: `CST` is
  /// used in Chicago, Havana and Shanghai, `IST` in Dublin, Jerusalem and Delhi.
  static func read(_ text: Span<UInt8>, _ at: Int) -> (offset: Int?, end: Int)? {
    var from = at
    if text.holds(0x20, at: from) { from += 1 }
    guard from < text.count else { return nil }
    switch text[from] {
    case 0x5a,
      0x7a where from == at:
      return from + 1 < text.count && text[from + 1].isAlphanumeric ? nil : (0, from + 1)
    case 0x2b, 0x2d: return numeric(text, from)
    default: return text[from].isUpper ? named(text, from) : nil
    }
  }

  /// `±hh:mm`, `±hhmm` or `±hh`, less than a day.
  private static func numeric(_ text: Span<UInt8>, _ at: Int) -> (offset: Int?, end: Int)? {
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

  private static func named(_ text: Span<UInt8>, _ at: Int) -> (offset: Int?, end: Int)? {
    var end = at
    var key: UInt64 = 0
    while end < text.count, text[end].isUpper {
      guard end - at < 5 else { return nil }
      key = key << 8 | UInt64(text[end])
      end += 1
    }
    guard end - at >= 2, end >= text.count || !text[end].isAlphanumeric else { return nil }
    switch key {
    case 0x555443, 0x474d54, 0x554354, 0x5554: return (0, end)  // UTC GMT UCT UT
    default: return isAbbreviation(key) ? (nil, end) : nil
    }
  }

  /// The abbreviations of the zone database that are words of capitals, but for those of one zone alone
  /// that no log shows; a level such as `INFO` must not be taken for one.
  private static func isAbbreviation(_ key: UInt64) -> Bool {
    switch key {
    case 0x574554, 0x425354, 0x434554, 0x574553_54, 0x434553_54: true  // WET BST CET WEST CEST
    case 0x454554, 0x454553_54, 0x4d534b, 0x4d5344: true  // EET EEST MSK MSD
    case 0x495354, 0x494454, 0x4a5354, 0x4b5354, 0x484b54: true  // IST IDT JST KST HKT
    case 0x455354, 0x454454, 0x435354, 0x434454: true  // EST EDT CST CDT
    case 0x4d5354, 0x4d4454, 0x505354, 0x504454: true  // MST MDT PST PDT
    case 0x414b5354, 0x414b4454, 0x485354, 0x415354, 0x414454: true  // AKST AKDT HST AST ADT
    case 0x4e5354, 0x4e4454, 0x41455354, 0x41454454: true  // NST NDT AEST AEDT
    case 0x41435354, 0x41434454, 0x41575354, 0x4e5a5354, 0x4e5a4454: true  // ACST … NZST NZDT
    case 0x534153_54, 0x434154, 0x454154, 0x574154: true  // SAST CAT EAT WAT
    case 0x504b54, 0x574942, 0x574954, 0x574954_41: true  // PKT WIB WIT WITA
    default: false
    }
  }
}
