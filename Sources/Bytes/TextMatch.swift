extension Span<UInt8> {
  /// Whether `from ..< to` holds `literal`, whatever the case of its letters; `literal` in lower case.
  package func matches(lowercase literal: StaticString, _ from: Int, _ to: Int) -> Bool {
    guard to - from == literal.utf8CodeUnitCount, to <= count else { return false }
    for index in 0..<(to - from) {
      let byte = self[from + index]
      let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
      let wanted = unsafe literal.utf8Start[index]
      if lower != wanted { return false }
    }
    return true
  }
}
