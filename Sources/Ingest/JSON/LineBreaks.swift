internal import Bytes

/// JSON text that spans lines, made to stand on one.
enum LineBreaks {
  /// A copy of the valid JSON text with blanks for the line breaks, which are white space there.
  static func blanked(_ range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    let bytes = arenas.bytes(range)
    let start = arenas.side.count
    for index in 0..<bytes.count {
      let byte = bytes[index]
      guard arenas.side.append(byte == 0x0a || byte == 0x0d ? 0x20 : byte) else { return range }
    }
    return ByteRange(start, count: bytes.count, inSide: true)
  }
}
