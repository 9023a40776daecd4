internal import Bytes

/// One field of the journal's export format (systemd, "Journal Export Formats"): `NAME=value`, or a
/// name, a 64-bit little-endian length and so many bytes, each ended by a line feed.
package enum JournalField: Equatable, Sendable {
  case field(name: Range<Int>, value: Range<Int>, next: Int)
  /// The empty line that ends an entry.
  case blank(next: Int)
  /// A line that is no field.
  case broken(next: Int)
  /// The bytes end in a line `NAME=…`.
  case openText(name: Range<Int>, value: Range<Int>)
  /// The bytes end in a value of which so many are missing.
  case openBytes(name: Range<Int>, value: Range<Int>, missing: Int)
  /// The bytes end before the value begins.
  case openName

  /// The journal's own limits: DATA_SIZE_MAX of 768 MiB, names of 64 bytes.
  static let sizeLimit: UInt64 = 768 << 20
  static let nameLimit = 64

  /// The field that begins at `from`, which stands before `end`.
  ///
  /// - Parameter isWhole: nothing is missing at `end`: a length that reaches over it is wrong.
  package static func next(
    _ bytes: Span<UInt8>, from: Int, end: Int, isWhole: Bool = false
  ) -> JournalField {
    let seen = bytes.extracting(0..<end)
    let line = seen.scan(for: 0x0a, from: from)
    if line == from { return .blank(next: from + 1) }
    let lineEnd = line ?? end
    let nameEnd = from + nameLength(seen, from..<lineEnd)
    let isName = nameEnd > from && nameEnd - from <= nameLimit
    if isName, nameEnd < lineEnd, bytes[nameEnd] == 0x3d {
      let value = (nameEnd + 1)..<lineEnd
      guard let line else { return .openText(name: from..<nameEnd, value: value) }
      return .field(name: from..<nameEnd, value: value, next: line + 1)
    }
    guard let line else { return .openName }
    guard isName, nameEnd == line else { return .broken(next: line + 1) }
    let start = line + 9
    guard start <= end else { return isWhole ? .broken(next: line + 1) : .openName }
    let length = bytes.word(at: line + 1)
    guard length <= sizeLimit else { return .broken(next: line + 1) }
    let valueEnd = start + Int(length)
    guard valueEnd < end else {
      if isWhole { return .broken(next: line + 1) }
      let there = start..<min(valueEnd, end)
      return .openBytes(name: from..<line, value: there, missing: valueEnd - there.upperBound)
    }
    guard bytes[valueEnd] == 0x0a else { return .broken(next: line + 1) }
    return .field(name: from..<line, value: start..<valueEnd, next: valueEnd + 1)
  }

  /// How many bytes from the range's start can be a field's name: `[A-Z0-9_]`, not over the limit.
  static func nameLength(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var at = range.lowerBound
    let end = min(range.upperBound, range.lowerBound + nameLimit + 1)
    while at < end {
      let byte = bytes[at]
      guard byte &- 0x41 < 26 || FrameWalk.isDigit(byte) || byte == 0x5f else { break }
      at += 1
    }
    return at - range.lowerBound
  }
}
