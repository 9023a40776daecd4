internal import Bytes
internal import Model

/// The values of a normalised entry: typed, terminal colours taken out, secrets too where asked for.
struct EntryText: ~Copyable {
  var redactor: Redactor?
  private var clean = ByteBuffer()
  private var scratch = ByteBuffer()
  /// The message written last, without its secrets, and whether it had any.
  private var shown = ByteBuffer()
  private var hasSecret = false
  /// Where the search for the next parameter begins, and how many were not found.
  private var cursor = 0
  private var misses = 0

  /// Parameters not found after which all that follow are redacted: bounds what a hostile message costs.
  private static let missLimit = 16

  init() {}

  var redacts: Bool { redactor != nil }

  mutating func write(message: Span<UInt8>, to out: inout ByteBuffer) {
    hasSecret = false
    cursor = 0
    misses = 0
    let hasColours = message.scan(for: TerminalColours.escape) != nil
    guard hasColours || redactor != nil else { return out.writeJSON(string: message) }
    clean.removeAll()
    if hasColours {
      TerminalColours.strip(message, into: &clean)
    } else {
      clean.write(message)
    }
    guard let redactor else { return out.writeJSON(string: clean.span) }
    shown.removeAll()
    hasSecret = redactor.redact(clean, into: &shown) > 0
    out.writeJSON(string: shown.span)
  }

  /// A JSON string of a part of the message that was written last: by itself a secret has no name that
  /// tells it, so what the redacted message no longer holds is redacted too.
  mutating func write(parameter: Span<UInt8>, to out: inout ByteBuffer) {
    guard hasSecret else { return write(parameter, to: &out) }
    if misses < Self.missLimit, let end = shown.end(of: parameter, from: cursor) {
      cursor = end
      write(parameter, to: &out)
    } else {
      misses += 1
      out.writeJSON(string: "[redacted]")
    }
  }

  /// A JSON string.
  mutating func write(_ text: Span<UInt8>, to out: inout ByteBuffer) {
    guard let redactor else { return out.writeJSON(string: text) }
    scratch.removeAll()
    redactor.redact(text, into: &scratch)
    out.writeJSON(string: scratch.span)
  }

  mutating func write(value: Span<UInt8>, kind: FieldKind, to out: inout ByteBuffer) {
    switch kind {
    case .text: write(value, to: &out)
    case .number: writeNumber(value, to: &out)
    case .bool:
      if value.equals("true") || value.equals("false") {
        out.write(value)
      } else {
        write(value, to: &out)
      }
    case .null: out.write("null" as StaticString)
    case .array: writeArray(value, to: &out)
    }
  }

  /// The digits as they stand where they are a JSON number; without a plus sign and leading zeros where
  /// that makes them one; else a string.
  private mutating func writeNumber(_ digits: Span<UInt8>, to out: inout ByteBuffer) {
    if digits.count >= 13, isRedacted(digits) { return write(digits, to: &out) }
    if JSONNumber.isValid(digits) { return out.write(digits) }
    var start = 0
    let isNegative = digits.count > 0 && digits[0] == 0x2d
    if isNegative || (digits.count > 0 && digits[0] == 0x2b) { start = 1 }
    while start + 1 < digits.count, digits[start] == 0x30, digits[start + 1] != 0x2e {
      start += 1
    }
    let rest = digits.extracting(start...)
    guard rest.count > 0, rest[0] != 0x2d, JSONNumber.isValid(rest) else {
      return write(digits, to: &out)
    }
    if isNegative { out.write(0x2d) }
    out.write(rest)
  }

  /// As it stands; a string where it can't be an array. Raw control characters become spaces.
  private mutating func writeArray(_ array: Span<UInt8>, to out: inout ByteBuffer) {
    let count = array.count
    guard count >= 2, array[0] == 0x5b, array[count - 1] == 0x5d, array.isValidUTF8 else {
      return write(array, to: &out)
    }
    if isRedacted(array) { return write(array, to: &out) }
    writeFlat(array, to: &out)
  }

  /// Whether there is a secret in the bytes: they are then written as a string, which a mark may stand in.
  private mutating func isRedacted(_ bytes: Span<UInt8>) -> Bool {
    guard let redactor else { return false }
    scratch.removeAll()
    return redactor.redact(bytes, into: &scratch) > 0
  }

  private func writeFlat(_ array: Span<UInt8>, to out: inout ByteBuffer) {
    out.reserve(array.count)
    for index in 0..<array.count {
      let byte = array[index]
      out.write(byte < 0x20 ? 0x20 : byte)
    }
  }
}

extension ByteBuffer {
  /// Where the first `part` at or after `start` ends; nil where there is none within 64 KiB, or where
  /// it is over 64 bytes and not right there.
  fileprivate func end(of part: Span<UInt8>, from start: Int) -> Int? {
    guard part.count > 0 else { return start }
    let whole = span
    let limit = min(whole.count, start + (part.count > 64 ? part.count : 64 << 10))
    var at = start
    while let found = whole.scan(for: part[0], from: at), found + part.count <= limit {
      if whole.extracting(found..<(found + part.count)).equals(part) { return found + part.count }
      at = found + 1
    }
    return nil
  }
}
