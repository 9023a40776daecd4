internal import Bytes
internal import Model

/// Reads the keys of an audit record, `type=EXECVE msg=audit(…): argc=2 a0="id" a1=2D75` (linux-audit's
/// "Audit Event Fields").
///
/// Values stand bare, in double quotes, or, where they hold blanks or worse, as hexadecimal digits. What a
/// user's program reports stands in single quotes and has keys of its own; what auditd adds in words
/// stands behind 0x1d.
struct AuditText {
  /// A value's place in the record.
  struct Value {
    var start: Int
    var end: Int
    var isQuoted: Bool
  }

  /// The value of a key; the first where several have it.
  static func value(of key: Span<UInt8>, in text: Span<UInt8>) -> Value? {
    var at = 0
    while let equals = text.firstIndex(of: 0x3d, from: at) {
      let start = equals - key.count
      if start >= 0, start == 0 || isBreak(text[start - 1]),
        TextMatching.stands(key, in: text, at: start, ignoresCase: false)
      {
        return value(text, from: equals + 1)
      }
      at = equals + 1
    }
    return nil
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x27 || byte == 0x1d || byte == 0x09 || byte == 0x2c
  }

  /// The value that begins at `from`.
  static func value(_ text: Span<UInt8>, from: Int) -> Value {
    if from < text.count, text[from] == 0x22 {
      let end = text.firstIndex(of: 0x22, from: from + 1) ?? text.count
      return Value(start: from + 1, end: end, isQuoted: true)
    }
    // `msg='…'` is a text of its own, of which the first word is no value worth having.
    var end = from
    while end < text.count, !isBreak(text[end]) { end += 1 }
    return Value(start: from, end: end, isQuoted: false)
  }

  /// Whether a key's bare value is hexadecimal where it holds what a quoted one can't.
  static func mayBeEncoded(_ key: Span<UInt8>) -> Bool {
    for name: StaticString in [
      "exe", "comm", "name", "cwd", "proctitle", "cmd", "acct", "data", "key", "vm", "path", "file",
    ] where key.equals(name) { return true }
    return key.count > 1 && key[0] == 0x61 && key[1] &- 0x30 < 10
  }

  /// Appends what hexadecimal digits stand for, NUL as a blank; nil where they are none, or no room is left.
  static func decoded(_ digits: Span<UInt8>, into arena: Arena) -> ByteRange? {
    guard digits.count >= 2, digits.count % 2 == 0, isHex(digits) else { return nil }
    let start = arena.count
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[at].hexValue, let low = digits[at + 1].hexValue else { return nil }
      let byte = high << 4 | low
      guard arena.append(byte == 0 ? 0x20 : byte) else { return nil }
    }
    return ByteRange(start, count: arena.count - start, inSide: true)
  }

  static func isHex(_ text: Span<UInt8>) -> Bool {
    for at in 0..<text.count where text[at].hexValue == nil { return false }
    return true
  }

  /// The arguments `a0`, `a1` … of an EXECVE record as one line with blanks between, or what `proctitle` or
  /// `cmd` holds; nil where it has none of them.
  static func command(_ text: Span<UInt8>, into arenas: ArenaPair) -> ByteRange? {
    if has("type=EXECVE", in: text) || has("EXECVE ", in: text, onlyAtStart: true) {
      return arguments(text, into: arenas)
    }
    for key: StaticString in ["proctitle", "cmd"] {
      guard let found = value(of: bytes(key).span, in: text) else { continue }
      let value = text.extracting(found.start..<found.end)
      if !found.isQuoted, let plain = decoded(value, into: arenas.side) { return plain }
      return arenas.keep(value)
    }
    return nil
  }

  private static func arguments(_ text: Span<UInt8>, into arenas: ArenaPair) -> ByteRange? {
    let start = arenas.side.count
    var number = 0
    var at = 0
    while number < 100_000, let equals = text.firstIndex(of: 0x3d, from: at) {
      at = equals + 1
      guard isArgument(number, text, before: equals) else { continue }
      let found = value(text, from: equals + 1)
      let argument = text.extracting(found.start..<found.end)
      if number > 0, !arenas.side.append(0x20) { return nil }
      if found.isQuoted || decoded(argument, into: arenas.side) == nil {
        if arenas.side.append(argument) == nil { return nil }
      }
      number += 1
      at = max(at, found.end)
    }
    if number == 0 { return nil }
    return ByteRange(start, count: arenas.side.count - start, inSide: true)
  }

  /// Whether ` aN` stands before a place.
  private static func isArgument(_ number: Int, _ text: Span<UInt8>, before equals: Int) -> Bool {
    var at = equals
    var rest = number
    repeat {
      at -= 1
      guard at >= 1, text[at] == UInt8(0x30 + rest % 10) else { return false }
      rest /= 10
    } while rest > 0
    return text[at - 1] == 0x61 && (at < 2 || isBreak(text[at - 2]))
  }

  static func bytes(_ literal: StaticString) -> [UInt8] {
    literal.withUTF8Buffer { unsafe Array($0) }
  }

  static func has(
    _ literal: StaticString, in text: Span<UInt8>, onlyAtStart: Bool = false
  ) -> Bool {
    if text.has(literal, at: 0) { return true }
    if onlyAtStart { return false }
    let first = unsafe literal.utf8Start[0]
    var at = 1
    while let found = text.firstIndex(of: first, from: at) {
      if text.has(literal, at: found) { return true }
      at = found + 1
    }
    return false
  }
}
