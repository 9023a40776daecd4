internal import Bytes

/// A field's value as journalctl writes it in JSON: text where it can be printed, else a number for each
/// byte (systemd.journal-fields(7)).
enum ExportValue {
  /// Appends it to the side arena; false where that is full.
  static func write(_ value: ByteRange, _ arenas: ArenaPair) -> Bool {
    let bytes = arenas.bytes(value)
    return isPrintable(bytes) ? writeText(bytes, arenas.side) : writeNumbers(bytes, arenas.side)
  }

  /// Valid UTF-8 without control characters other than tab and line feed.
  private static func isPrintable(_ bytes: Span<UInt8>) -> Bool {
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte < 0x20, byte != 0x09, byte != 0x0a { return false }
      if byte == 0x7f { return false }
      if byte == 0xc2, index + 1 < bytes.count, bytes[index + 1] < 0xa0 { return false }
    }
    return bytes.isValidUTF8
  }

  private static func writeText(_ bytes: Span<UInt8>, _ side: Arena) -> Bool {
    guard side.append(0x22) else { return false }
    var plain = 0
    for index in 0..<bytes.count {
      let escape: UInt8
      switch bytes[index] {
      case 0x22: escape = 0x22
      case 0x5c: escape = 0x5c
      case 0x0a: escape = 0x6e
      case 0x09: escape = 0x74
      default: continue
      }
      guard side.append(bytes.extracting(plain..<index)) != nil, side.append(0x5c),
        side.append(escape)
      else { return false }
      plain = index + 1
    }
    return side.append(bytes.extracting(plain..<bytes.count)) != nil && side.append(0x22)
  }

  private static func writeNumbers(_ bytes: Span<UInt8>, _ side: Arena) -> Bool {
    guard side.append(0x5b) else { return false }
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if index > 0, !side.append(0x2c) { return false }
      if byte > 99, !side.append(0x30 + byte / 100) { return false }
      if byte > 9, !side.append(0x30 + byte / 10 % 10) { return false }
      guard side.append(0x30 + byte % 10) else { return false }
    }
    return side.append(0x5d)
  }
}
