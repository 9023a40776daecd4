/// A word as a number: FNV-1a 64 over its bytes in lower case; tables of words are keyed by it.
///
/// Two words with one key would share a meaning; 64 bits make that rarer than a misspelling.
struct WordKey: Hashable, Sendable {
  let number: UInt64

  init(_ word: String) {
    var hash = Self.start
    for byte in word.utf8 { Self.add(byte, to: &hash) }
    number = hash
  }

  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var hash = Self.start
    for index in range.clamped(to: 0..<bytes.count) { Self.add(bytes[index], to: &hash) }
    number = hash
  }

  private static let start: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func add(_ byte: UInt8, to hash: inout UInt64) {
    let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
    hash = (hash ^ UInt64(lower)) &* 0x100_0000_01b3
  }
}
