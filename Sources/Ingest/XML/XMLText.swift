import Bytes

/// The text of an element or an attribute, put together from its pieces.
///
/// A single piece without entities stays where it stands; anything else is written to the side arena, at whose end it
/// grows, so that many pieces cost no more than their bytes.
struct XMLText {
  private(set) var range = ByteRange.empty
  private var isAtSideEnd = false

  mutating func removeAll() {
    range = .empty
    isAtSideEnd = false
  }

  /// Appends `part` of the bytes that begin at `start`; false where the side arena is full.
  mutating func append(
    _ part: Range<Int>, of bytes: Span<UInt8>, start: ByteRange, isVerbatim: Bool,
    _ arenas: ArenaPair
  ) -> Bool {
    if part.isEmpty { return true }
    let piece = bytes.extracting(part)
    let hasEntities = !isVerbatim && piece.scan(for: 0x26) != nil
    if range.isEmpty, !hasEntities {
      range = start.part(UInt32(truncatingIfNeeded: part.lowerBound), UInt32(part.count))
      return true
    }
    let side = arenas.side
    let from = isAtSideEnd ? range.offset : side.count
    if !isAtSideEnd, !range.isEmpty {
      guard side.append(arenas.bytes(range)) != nil else { return false }
    }
    let isWritten =
      hasEntities ? Self.resolve(piece, to: side) : side.append(piece) != nil
    guard isWritten else { return false }
    range = ByteRange(from, count: side.count - from, inSide: true)
    isAtSideEnd = true
    return true
  }

  /// Writes a text with its entities resolved; what is none of XML's own stays as it stands.
  private static func resolve(_ text: Span<UInt8>, to side: Arena) -> Bool {
    var at = 0
    while at < text.count {
      let plain = text.scan(for: 0x26, from: at) ?? text.count
      guard side.append(text.extracting(at..<plain)) != nil else { return false }
      at = plain
      guard at < text.count else { return true }
      // The longest is `&#x10FFFF;`.
      let seen = text.extracting(at..<min(text.count, at + 10))
      if let end = seen.scan(for: 0x3b), let scalar = scalar(seen.extracting(1..<end)) {
        for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() where !side.append(byte) {
          return false
        }
        at += end + 1
      } else {
        guard side.append(0x26) else { return false }
        at += 1
      }
    }
    return true
  }

  /// What the entity of this name stands for.
  private static func scalar(_ name: Span<UInt8>) -> Unicode.Scalar? {
    if name.equals("lt") { return "<" }
    if name.equals("gt") { return ">" }
    if name.equals("amp") { return "&" }
    if name.equals("quot") { return "\"" }
    if name.equals("apos") { return "'" }
    guard name.count > 1, name[0] == 0x23 else { return nil }
    let isHex = name[1] == 0x78
    guard name.count > (isHex ? 2 : 1) else { return nil }
    var value: UInt32 = 0
    for at in (isHex ? 2 : 1)..<name.count {
      guard let digit = name[at].hexValue, isHex || digit < 10 else { return nil }
      value = value &* (isHex ? 16 : 10) &+ UInt32(digit)
    }
    // XML allows no control characters but these.
    guard value >= 0x20 || value == 0x09 || value == 0x0a || value == 0x0d else { return nil }
    return Unicode.Scalar(value)
  }
}
