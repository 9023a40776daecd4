internal import Bytes
internal import Model

/// The values of a normalised entry: typed, terminal colours taken out, secrets too where asked for.
struct EntryText: ~Copyable {
  var redactor: Redactor?
  private var clean = ByteBuffer()
  private var scratch = ByteBuffer()

  init() {}

  var redacts: Bool { redactor != nil }

  mutating func write(message: Span<UInt8>, to out: inout ByteBuffer) {
    guard message.scan(for: TerminalColours.escape) != nil else {
      return write(message, to: &out)
    }
    clean.removeAll()
    TerminalColours.strip(message, into: &clean)
    guard let redactor else { return out.writeJSON(string: clean.span) }
    scratch.removeAll()
    redactor.redact(clean, into: &scratch)
    out.writeJSON(string: scratch.span)
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
