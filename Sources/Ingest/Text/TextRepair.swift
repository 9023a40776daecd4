import Bytes

/// Rewrites texts that can't stay as they were read: bytes that are not UTF-8, terminal colours.
enum TextRepair {
  /// The text with U+FFFD for each maximal subpart that is not UTF-8 (Unicode 3.9, D93b), in the side
  /// arena; nil where that is full.
  static func repaired(_ bytes: Span<UInt8>, in arenas: ArenaPair) -> ByteRange? {
    let start = arenas.side.count
    var at = 0
    while at < bytes.count {
      let length = validLength(bytes, at)
      let kept: Bool
      if length > 0 {
        var end = at + length
        while end < bytes.count {
          let next = validLength(bytes, end)
          if next <= 0 { break }
          end += next
        }
        kept = arenas.side.append(bytes.extracting(at..<end)) != nil
        at = end
      } else {
        kept =
          arenas.side.append(0xef) && arenas.side.append(0xbf) && arenas.side.append(0xbd)
        at += max(1, -length)
      }
      if !kept {
        arenas.side.truncate(to: start)
        return nil
      }
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// The length of the well-formed sequence at `at`, or minus that of the ill-formed subpart.
  private static func validLength(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return 1 }
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xbf
    switch first {
    case 0xc2...0xdf: length = 2
    case 0xe0...0xef:
      length = 3
      if first == 0xe0 { low = 0xa0 }
      if first == 0xed { high = 0x9f }
    case 0xf0...0xf4:
      length = 4
      if first == 0xf0 { low = 0x90 }
      if first == 0xf4 { high = 0x8f }
    default: return -1
    }
    var have = 1
    while have < length {
      guard at + have < bytes.count else { return -have }
      let next = bytes[at + have]
      if next < low || next > high { return -have }
      low = 0x80
      high = 0xbf
      have += 1
    }
    return length
  }

  /// The text without terminal control sequences (ECMA-48 CSI and OSC), in the side arena; nil where
  /// it has none or the arena is full.
  static func withoutColours(_ bytes: Span<UInt8>, in arenas: ArenaPair) -> ByteRange? {
    guard var next = bytes.scan(for: 0x1b) else { return nil }
    let start = arenas.side.count
    var at = 0
    while true {
      guard arenas.side.append(bytes.extracting(at..<next)) != nil else {
        arenas.side.truncate(to: start)
        return nil
      }
      if next >= bytes.count { break }
      at = sequenceEnd(bytes, next)
      next = bytes.scan(for: 0x1b, from: at) ?? bytes.count
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// Where the control sequence that starts at `at` ends.
  private static func sequenceEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    guard at + 1 < bytes.count else { return bytes.count }
    switch bytes[at + 1] {
    case 0x5b:
      var end = at + 2
      while end < bytes.count, (0x20...0x3f).contains(bytes[end]) { end += 1 }
      return end < bytes.count && (0x40...0x7e).contains(bytes[end]) ? end + 1 : end
    case 0x5d:
      var end = at + 2
      while end < bytes.count, end < at + 512 {
        if bytes[end] == 0x07 { return end + 1 }
        if bytes[end] == 0x1b { return bytes.holds(0x5c, at: end + 1) ? end + 2 : end }
        end += 1
      }
      return at + 2
    case 0x40...0x5f, 0x28, 0x29:
      return min(bytes.count, at + ((0x28...0x29).contains(bytes[at + 1]) ? 3 : 2))
    default: return at + 1
    }
  }
}
