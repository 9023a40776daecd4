internal import Bytes

/// Texts by a dense number, ready to be copied into output.
///
/// - Limits: 64 MiB of text; what goes beyond it has no text (`bytes` is empty) and is counted.
struct SpellingTable: ~Copyable {
  private let store = Arena(capacity: 64 << 20)
  private var ranges: [ByteRange] = []
  private(set) var refused = 0

  /// Sets the text of `number`, as a JSON string with its quotation marks.
  mutating func learn(_ number: Int, json spelling: Span<UInt8>) {
    var encoded = ByteBuffer(capacity: spelling.count + 16)
    encoded.writeJSON(string: spelling)
    learn(number, encoded.span)
  }

  mutating func learn(_ number: Int, _ bytes: Span<UInt8>) {
    guard number >= 0 else { return }
    while ranges.count <= number { ranges.append(.empty) }
    guard let start = store.append(bytes) else {
      refused += 1
      return
    }
    ranges[number] = ByteRange(start, count: bytes.count)
  }

  /// Writes the text of `number`; false, and nothing, where it has none.
  func write(_ number: Int, to out: inout ByteBuffer) -> Bool {
    guard number < ranges.count, number >= 0 else { return false }
    let range = ranges[number]
    if range.isEmpty { return false }
    out.write(store.bytes(range))
    return true
  }

  func has(_ number: Int) -> Bool {
    number >= 0 && number < ranges.count && !ranges[number].isEmpty
  }
}
