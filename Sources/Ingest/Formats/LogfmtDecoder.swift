import Bytes
import Flow
import Model

/// Decodes logfmt: `ts=… level=info msg="…" key=value`.
///
/// A line is logfmt where it begins with two pairs or more, and a level, time or message is among its
/// pairs. Quoted values have Go's escapes. Without a message the line itself is the message.
struct LogfmtDecoder: ~Copyable {
  private let reader: StampReader
  private let keepsFields: Bool
  private let homes = LogfmtHomes()
  /// Pairs beyond this number stay unread.
  private static let pairLimit = 256

  init(_ reader: StampReader, keepsFields: Bool) {
    self.reader = reader
    self.keepsFields = keepsFields
  }

  /// Fills `entry` from a line; false where it is not logfmt, with nothing changed.
  ///
  /// - Parameter isForced: pairs alone are evidence enough.
  func decode(
    _ text: FrameText, into entry: inout Entry, in batch: Batch, names: inout NameTable,
    isForced: Bool = false
  ) -> Bool {
    let bytes = text.bytes
    let start = bytes.skipBlanks(0)
    guard let firstEquals = keyEnd(bytes, start), firstEquals > start else { return false }
    let old = entry
    let fieldCount = batch.fields.count
    var facts = LogfmtFacts()
    var at = start
    var pairs = 0
    while at < bytes.count, pairs < Self.pairLimit {
      guard let equals = keyEnd(bytes, at), equals > at else {
        if pairs < 2 { break }
        at = bytes.skipBlanks(bytes.wordEnd(at))
        continue
      }
      pairs += 1
      let value = LogfmtValue.read(bytes, equals + 1)
      facts.note(
        text, at..<equals, value, reader, keepsFields, homes, into: &entry, in: batch,
        names: &names)
      at = bytes.skipBlanks(value.next)
    }
    guard pairs >= 2, facts.isEvidence || isForced, !facts.isAudit else {
      entry = old
      batch.fields.removeSubrange(fieldCount...)
      return false
    }
    entry.format = .logfmt
    entry.message = facts.message ?? text.range(start, bytes.count)
    return true
  }

  /// Where the `=` behind the key at `at` stands, or nil where no key does.
  @inline(__always)
  private func keyEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    let limit = min(bytes.count, at + 64)
    while end < limit {
      let byte = bytes[end]
      if byte == 0x3d { return end }
      guard byte.isNameByte || byte == 0x40 || byte == 0x2f || byte == 0x23 || byte == 0x3a else {
        return nil
      }
      end += 1
    }
    return nil
  }
}

/// The value of a pair: where it stands without quotes, and where the next pair may start.
struct LogfmtValue {
  var from: Int
  var to: Int
  var next: Int
  var hasEscapes = false

  static func read(_ bytes: Span<UInt8>, _ at: Int) -> LogfmtValue {
    guard bytes.holds(0x22, at: at) else {
      let end = bytes.wordEnd(at)
      return LogfmtValue(from: at, to: end, next: end)
    }
    var value = LogfmtValue(from: at + 1, to: at + 1, next: at + 1)
    var end = at + 1
    while end < bytes.count, bytes[end] != 0x22 {
      if bytes[end] == 0x5c {
        value.hasEscapes = true
        end += 1
      }
      end += 1
    }
    value.to = min(end, bytes.count)
    value.next = min(end + 1, bytes.count)
    return value
  }
}
