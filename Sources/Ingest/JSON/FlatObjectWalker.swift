internal import Bytes
internal import Model

/// Stage 2 of the JSON scanner: walks one flat object along the positions that stage 1 found.
///
/// The way through an object of strings is a comparison of three bytes behind each second quote
/// (`":"`, then `","`). What it accepts is valid JSON; all that is out of the ordinary (nested
/// values, arrays, white space other than blanks, anything broken) it leaves to the
/// careful reader; whether a key holds an escape is for the caller to ask. Held against simdjson by
/// differential fuzzing.
struct FlatObjectWalker {
  /// Offset of the chunk that the positions count from.
  let base: Int

  private static let refused = -1

  /// Notes the members of the object at `start`; tells the index of the frame's line feed among the
  /// positions, or -1 where the object isn't flat and plain.
  ///
  /// - Parameters:
  ///   - bytes: the arena's padded content.
  ///   - first: index of the first position at or behind `start`.
  @inline(never)
  func walk(
    _ bytes: Span<UInt8>, _ positions: Span<UInt32>, from start: Int, first: Int,
    keys: borrowing KeyTable, into members: inout MemberList
  ) -> Int {
    var index = first
    var at = skipBlanks(bytes, start &+ 1)
    if bytes[at] != 0x7d {
      while true {
        guard bytes[at] == 0x22 else { return Self.refused }
        let keyStart = at &+ 1
        let keyEnd = base &+ Int(positions[index &+ 1])
        guard keyEnd >= 8 else { return Self.refused }
        var member = Member(
          key: ByteRange(keyStart, count: keyEnd &- keyStart), value: .empty, kind: .text,
          known: keys.find(bytes, from: keyStart, to: keyEnd), isTaken: false)
        if bytes.threeBytes(at: keyEnd) == 0x22_3a22 {
          at = keyEnd &+ 3
        } else {
          guard bytes[keyEnd] == 0x22 else { return Self.refused }
          at = skipBlanks(bytes, keyEnd &+ 1)
          guard bytes[at] == 0x3a else { return Self.refused }
          at = skipBlanks(bytes, at &+ 1)
          if bytes[at] == 0x22 {
            at &+= 1
          } else {
            guard let token = token(bytes, at) else { return Self.refused }
            if token.kind == .null { members.countNull() }
            member.kind = token.kind
            member.value = ByteRange(at, count: token.end &- at)
            at = token.end
          }
        }
        if member.kind == .text {
          let end = base &+ Int(positions[index &+ 3])
          let behind = bytes.threeBytes(at: end)
          guard behind & 0xff == 0x22 else { return Self.refused }
          member.value = ByteRange(at, count: end &- at)
          members.append(member)
          index &+= 4
          if behind == 0x22_2c22 {
            at = end &+ 2
            continue
          }
          at = end &+ 1
        } else {
          members.append(member)
          index &+= 2
        }
        at = skipBlanks(bytes, at)
        if bytes[at] == 0x2c {
          at = skipBlanks(bytes, at &+ 1)
          continue
        }
        guard bytes[at] == 0x7d else { return Self.refused }
        break
      }
    }
    at = skipBlanks(bytes, at &+ 1)
    if bytes[at] == 0x0d {
      index &+= 1
      at &+= 1
    }
    guard bytes[at] == 0x0a, base &+ Int(positions[index]) == at else { return Self.refused }
    return index
  }

  @inline(__always)
  private func skipBlanks(_ bytes: Span<UInt8>, _ from: Int) -> Int {
    var at = from
    while bytes[at] == 0x20 { at &+= 1 }
    return at
  }

  /// The number, `true`, `false` or `null` that begins at `start`.
  @inline(__always)
  private func token(_ bytes: Span<UInt8>, _ start: Int) -> (end: Int, kind: Member.Kind)? {
    switch bytes[start] {
    case 0x30...0x39, 0x2d:
      var at = start &+ 1
      var isPlain = bytes[start] != 0x2d
      while true {
        let byte = bytes[at]
        if byte ^ 0x30 <= 9 {
          at &+= 1
        } else if byte == 0x2e || byte == 0x2d || byte == 0x2b || byte | 0x20 == 0x65 {
          isPlain = false
          at &+= 1
        } else {
          break
        }
      }
      if isPlain, bytes[start] != 0x30 || at == start &+ 1 { return (at, .number) }
      return bytes.extracting(start..<at).isJSONNumber ? (at, .number) : nil
    case 0x74: return bytes.fourBytes(at: start) == 0x6575_7274 ? (start &+ 4, .yes) : nil
    case 0x66:
      let isFalse = bytes.fourBytes(at: start &+ 1) == 0x6573_6c61
      return isFalse ? (start &+ 5, .no) : nil
    case 0x6e: return bytes.fourBytes(at: start) == 0x6c6c_756e ? (start &+ 4, .null) : nil
    default: return nil
    }
  }
}

extension Span<UInt8> {
  @inline(__always)
  fileprivate func threeBytes(at: Int) -> UInt64 { word(at: at) & 0xff_ffff }

  @inline(__always)
  fileprivate func fourBytes(at: Int) -> UInt64 { word(at: at) & 0xffff_ffff }
}
