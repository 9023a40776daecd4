internal import Bytes
internal import Model

/// From members to texts, numbers and stamps.
extension JSONRunDecoder {
  /// The text of a value with its escapes resolved, in the side arena where it had any.
  @inline(__always)
  func text(_ member: Member, _ arenas: ArenaPair) -> ByteRange {
    guard member.kind == .text, members.mayHoldEscapes(in: member.value) else {
      return member.value
    }
    return unescaped(member.value, arenas)
  }

  func unescaped(_ range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    let raw = arenas.bytes(range)
    guard raw.scan(for: 0x5c) != nil, let placed = arenas.side.appendUnescaped(raw) else {
      return range
    }
    return ByteRange(placed.offset, count: placed.count, inSide: true)
  }

  /// The text without the escape sequences that terminals colour by.
  func uncoloured(_ range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    guard range.isInSide else { return range }
    return TerminalColours.removed(from: range, arenas)
  }

  /// The value as a whole number that fits 31 bits, or nil.
  func number(_ member: Member, _ arenas: ArenaPair) -> Int? {
    guard member.kind == .number || member.kind == .text else { return nil }
    guard let value = EpochStamp.decimal(arenas.bytes(member.value)), value <= 0x7fff_ffff else {
      return nil
    }
    return Int(value)
  }

  /// The value as a stamp: ISO text, or seconds, milli-, micro- or nanoseconds since 1970.
  ///
  /// Numbers before 1973 are taken for something else (uptimes, durations).
  func stamp(_ member: Member, _ arenas: ArenaPair) -> (time: Timestamp, digits: UInt8)? {
    let isText = member.kind == .text
    guard isText || member.kind == .number else { return nil }
    let bytes = arenas.bytes(member.value)
    if member.known == KnownKey.auditID.rawValue { return Self.auditStamp(bytes) }
    if isText, let read = ISOStamp.read(bytes, at: 0, zone: settings.zone) {
      return (read.time, read.digits)
    }
    guard let read = EpochStamp.read(bytes), read.time.nanoseconds >= 100_000_000_000_000_000
    else { return nil }
    return read
  }

  /// `1767600000.042:1261`, an audit record's id: seconds, milliseconds, and a number within them.
  private static func auditStamp(_ bytes: Span<UInt8>) -> (time: Timestamp, digits: UInt8)? {
    guard let colon = bytes.scan(for: 0x3a), colon == 14, bytes[10] == 0x2e,
      bytes.number(15, bytes.count) != nil
    else { return nil }
    return EpochStamp.read(bytes.extracting(..<colon))
  }
}

/// Takes out of a text what colours it on a terminal: ESC `[` … letter (ECMA-48 section 5.4).
enum TerminalColours {
  /// The range itself where it holds no ESC, else a copy in the side arena.
  static func removed(from range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    let bytes = arenas.bytes(range)
    guard bytes.scan(for: 0x1b) != nil else { return range }
    let start = arenas.side.count
    var at = 0
    while at < bytes.count {
      let plain = bytes.scan(for: 0x1b, from: at) ?? bytes.count
      guard arenas.side.append(bytes.extracting(at..<plain)) != nil else { break }
      at = end(ofSequenceAt: plain, bytes)
      if at == plain, plain < bytes.count {
        arenas.side.append(0x1b)
        at = plain + 1
      }
    }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// Where the sequence at `start` ends; `start` where it is none.
  private static func end(ofSequenceAt start: Int, _ bytes: Span<UInt8>) -> Int {
    guard start + 1 < bytes.count, bytes[start + 1] == 0x5b else { return start }
    var at = start + 2
    while at < bytes.count, (0x20...0x3f).contains(bytes[at]) { at += 1 }
    guard at < bytes.count, (0x40...0x7e).contains(bytes[at]) else { return start }
    return at + 1
  }
}
