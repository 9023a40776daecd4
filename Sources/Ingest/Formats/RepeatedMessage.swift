import Bytes
import Model

/// What syslog daemons write instead of a message that comes again and again.
///
/// rsyslog (`$RepeatedMsgReduction`) writes `message repeated 3 times: [ text]`: the text itself, three times.
/// Others write `last message repeated 3 times`: whatever the host said last, which only the order of the
/// stream tells (see `LastEntries`).
/// - Limits: counts beyond 32 bits are taken for the largest of them; `Entry.weightLimit` bounds what is
///   counted of them.
enum RepeatedMessage {
  /// Whether a message that begins with this byte may be one.
  @inline(__always)
  static func mayBegin(with byte: UInt8) -> Bool { byte == 0x6d || byte == 0x6c || byte == 0x2d }

  /// Notes in an entry what its message, which begins at `body`, says of repetitions; gives where the
  /// message stands.
  static func note(_ bytes: Span<UInt8>, _ body: Int, into entry: inout Entry) -> Range<Int> {
    let whole = body..<bytes.count
    let end = bytes.trimmedEnd(body, bytes.count)
    if bytes.has("message repeated ", at: body) {
      let digits = body + 17
      let behind = bytes.digitsEnd(digits)
      let weight = count(bytes, digits, behind)
      guard weight > 0, let open = textStart(bytes, behind), end > open,
        bytes[end - 1] == 0x5d
      else { return whole }
      let start = bytes.skipBlanks(open)
      guard start < end - 1 else { return whole }
      entry.weight = weight
      entry.flags.insert(.repeated)
      return start..<(end - 1)
    }
    var at = body
    let isDashed = bytes.has("--- ", at: at)
    if isDashed { at += 4 }
    guard bytes.has("last message repeated ", at: at) else { return whole }
    let digits = at + 22
    let behind = bytes.digitsEnd(digits)
    let weight = count(bytes, digits, behind)
    guard weight > 0, bytes.has(" time", at: behind) else { return whole }
    var rest = behind + 5
    if bytes.holds(0x73, at: rest) { rest += 1 }
    if isDashed, bytes.has(" ---", at: rest) { rest += 4 }
    guard rest == end else { return whole }
    entry.weight = weight
    entry.isEcho = true
    entry.flags.insert(.repeated)
    return whole
  }

  /// Behind ` times: [` or ` time: [`.
  private static func textStart(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    if bytes.has(" times: [", at: at) { return at + 9 }
    return bytes.has(" time: [", at: at) ? at + 8 : nil
  }

  private static func count(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> UInt32 {
    var count: UInt64 = 0
    for at in from..<max(from, to) {
      count = min(count * 10 + UInt64(bytes[at] - 0x30), UInt64(UInt32.max))
    }
    return UInt32(count)
  }
}
