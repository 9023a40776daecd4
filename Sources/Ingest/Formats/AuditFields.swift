import Bytes
import Model

/// The keys of an audit record as fields: `type=EXECVE msg=audit(…): argc=2 a0="id" a1=2D75` (linux-audit's
/// "Audit Event Fields").
///
/// Values stand bare, in double quotes, or, where they hold blanks or worse, as hexadecimal digits, which are
/// decoded. What a program reports stands in single quotes and has keys of its own; what auditd adds in words
/// stands behind 0x1d. The record itself stays the message.
/// - Limits: 128 keys.
enum AuditFields {
  private static let limit = 128
  private static let encoded: [StaticString] = [
    "exe", "comm", "name", "cwd", "proctitle", "cmd", "acct", "data", "key", "vm", "path", "file",
  ]

  /// Where a record's keys begin; nil where the line is none.
  static func start(_ bytes: Span<UInt8>) -> Int? {
    var at = 0
    if bytes.has("node=", at: 0) { at = bytes.skipBlanks(bytes.wordEnd(0)) }
    guard bytes.has("type=", at: at) else { return nil }
    at = bytes.skipBlanks(bytes.wordEnd(at))
    guard bytes.has("msg=audit(", at: at), let end = bytes.find(0x29, at, at + 48),
      bytes.holds(0x3a, at: end + 1)
    else { return nil }
    return bytes.skipBlanks(end + 2)
  }

  /// Appends the fields of a record whose keys begin at `start`, behind `audit.`.
  static func note(_ text: FrameText, from start: Int, in batch: Batch) {
    let bytes = text.bytes
    let isCall = !bytes.has("type=EXECVE", at: bytes.has("node=", at: 0) ? bytes.wordEnd(0) + 1 : 0)
    var at = start
    var count = 0
    while at < bytes.count, count < limit {
      var end = at
      while end < bytes.count, bytes[end].isNameByte || bytes[end] == 0x2d { end += 1 }
      guard end > at, bytes.holds(0x3d, at: end) else {
        at = next(bytes, end + 1)
        continue
      }
      let key = at..<end
      at = end + 1
      // The text of a program has keys of its own.
      if bytes.holds(0x27, at: at) {
        at += 1
        continue
      }
      let isQuoted = bytes.holds(0x22, at: at)
      let from = isQuoted ? at + 1 : at
      let to = isQuoted ? bytes.find(0x22, from, bytes.count) ?? bytes.count : valueEnd(bytes, from)
      at = next(bytes, isQuoted ? to + 1 : to)
      count += 1
      let name = bytes.extracting(key)
      let mayBeEncoded = !isQuoted && isEncoded(name, isCall: isCall)
      append(text, key, from..<to, mayBeEncoded: mayBeEncoded, to: batch)
    }
  }

  private static func append(
    _ text: FrameText, _ key: Range<Int>, _ value: Range<Int>, mayBeEncoded: Bool, to batch: Batch
  ) {
    let bytes = text.bytes
    let shown = bytes.extracting(value)
    if shown.count == 0 || shown.equals("?") || shown.equals("(null)") || shown.equals("(none)") {
      return
    }
    let arenas = batch.arenas
    let start = arenas.side.count
    guard arenas.side.append("audit.") != nil,
      arenas.side.append(bytes.extracting(key)) != nil
    else { return }
    let name = ByteRange(start, count: arenas.side.count - start, inSide: true)
    var range = text.range(value.lowerBound, value.upperBound)
    if mayBeEncoded, let decoded = decoded(shown, arenas) { range = decoded }
    batch.fields.append(Field(spelled: name, range))
  }

  private static func isEncoded(_ key: Span<UInt8>, isCall: Bool) -> Bool {
    for name in encoded where key.equals(name) { return true }
    return !isCall && key.count > 1 && key[0] == 0x61 && key[1].isDigit
  }

  /// What hexadecimal digits stand for, NUL as a blank; nil where they are none.
  private static func decoded(_ digits: Span<UInt8>, _ arenas: ArenaPair) -> ByteRange? {
    guard digits.count >= 2, digits.count % 2 == 0 else { return nil }
    var values: [UInt8] = []
    values.reserveCapacity(digits.count / 2)
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[at].hexValue, let low = digits[at + 1].hexValue else { return nil }
      let byte = high << 4 | low
      values.append(byte == 0 ? 0x20 : byte)
    }
    return TextRepair.repaired(values.span, in: arenas)
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x27 || byte == 0x1d || byte == 0x09 || byte == 0x2c
  }

  private static func valueEnd(_ bytes: Span<UInt8>, _ from: Int) -> Int {
    var end = from
    while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
    return end
  }

  private static func next(_ bytes: Span<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < bytes.count, isBreak(bytes[at]) { at += 1 }
    return at
  }
}
