internal import Bytes
internal import Model

/// Reads a number and its unit: `12`, `1.5ms`, `-3 %`, `4.2 GiB`, `1h2m3.5s`.
///
/// Durations come out in seconds, sizes in bytes, all else as it stands. `k` and `K` are 1,000 without a `B` or `i`
/// behind, 1,024 with one, as most programs mean it.
enum MeasureText {
  /// The value that stands in `text`; nil where it is none.
  static func value(_ text: Span<UInt8>, _ measure: Measure) -> Double? {
    var at = 0
    var total = 0.0
    var parts = 0
    while at < text.count {
      guard let number = number(text, &at) else { break }
      while at < text.count, text[at] == 0x20 { at += 1 }
      let factor = factor(text, &at, measure)
      total += number * factor
      parts += 1
      if measure != .duration || parts == 4 { break }
      while at < text.count, text[at] == 0x20 { at += 1 }
    }
    return parts > 0 && total.isFinite ? total : nil
  }

  private static func number(_ text: Span<UInt8>, _ at: inout Int) -> Double? {
    var isNegative = false
    if at < text.count, text[at] == 0x2d || text[at] == 0x2b || text[at] == 0x22 {
      isNegative = text[at] == 0x2d
      at += 1
    }
    var digits = 0
    var whole = 0.0
    while at < text.count, text[at] &- 0x30 < 10 {
      whole = whole * 10 + Double(text[at] &- 0x30)
      digits += 1
      at += 1
    }
    guard digits > 0, digits <= 18 else { return nil }
    if at + 1 < text.count, text[at] == 0x2e, text[at + 1] &- 0x30 < 10 {
      at += 1
      var place = 0.1
      while at < text.count, text[at] &- 0x30 < 10 {
        whole += Double(text[at] &- 0x30) * place
        place *= 0.1
        at += 1
      }
    }
    return isNegative ? -whole : whole
  }

  private static func factor(_ text: Span<UInt8>, _ at: inout Int, _ measure: Measure) -> Double {
    var packed: UInt64 = 0
    while at < text.count, text[at] > 0x20, text[at] &- 0x30 >= 10, packed < 1 << 48 {
      packed = packed << 8 | UInt64(text[at])
      at += 1
    }
    switch measure {
    case .number: return 1
    case .duration: return seconds(packed)
    case .size: return bytes(packed)
    }
  }

  private static func seconds(_ unit: UInt64) -> Double {
    switch unit {
    case 0x6e73: 1e-9
    case 0x7573, 0xc2b573, 0xcebc73, 0x75736563: 1e-6
    case 0x6d73, 0x6d736563: 1e-3
    case 0x6d, 0x6d696e, 0x6d696e73: 60
    case 0x68, 0x687273: 3600
    case 0x64, 0x64617973: 86_400
    default: spelledSeconds(unit)
    }
  }

  /// Units written out, by their first three letters.
  private static func spelledSeconds(_ unit: UInt64) -> Double {
    guard unit >= 1 << 24 else { return 1 }
    var head = unit
    while head >= 1 << 24 { head >>= 8 }
    switch head {
    case 0x6e616e: return 1e-9
    case 0x6d6963, 0x757365: return 1e-6
    case 0x6d696c, 0x6d7365: return 1e-3
    case 0x6d696e: return 60
    case 0x686f75: return 3600
    case 0x646179: return 86_400
    default: return 1
    }
  }

  private static func bytes(_ unit: UInt64) -> Double {
    switch unit {
    case 0x6b, 0x4b: 1e3
    case 0x6b42, 0x4b42, 0x6b62, 0x4b69, 0x4b6942, 0x6b6942: 1024
    case 0x4d, 0x4d42, 0x6d62, 0x4d69, 0x4d6942: 1_048_576
    case 0x47, 0x4742, 0x6762, 0x4769, 0x476942: 1_073_741_824
    case 0x54, 0x5442, 0x5469, 0x546942: 1_099_511_627_776
    case 0x5042: 1_125_899_906_842_624
    default: 1
    }
  }
}
