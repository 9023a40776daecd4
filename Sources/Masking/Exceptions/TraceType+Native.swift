internal import Bytes

/// Faults that are not exceptions: what stands for their type.
extension TraceType {
  /// `KeyError` of `** (KeyError) …`, `heap-use-after-free` of AddressSanitizer's, `SIGSEGV` of gdb's,
  /// `std::runtime_error` of what terminates a C++ program, `Fatal error` of Swift's; else empty.
  static func native(_ text: Span<UInt8>) -> [UInt8] {
    if text.has("** (", at: 0) { return word(text, 4) }
    if text.has("terminate called after throwing an instance of '", at: 0) { return word(text, 48) }
    if text.has("Program received signal ", at: 0) { return word(text, 24) }
    if text.has("Program terminated with signal ", at: 0) { return word(text, 31) }
    if text.has("*** Error in ", at: 0) || text.has("*** stack smashing", at: 0) {
      return Array("abort".utf8)
    }
    var at = 0
    while at < min(text.count, 256) {
      if text[at] == 0x53, text.has("Sanitizer: ", at: at) { return word(text, at + 11) }
      if text[at] == 0x46, text.has("Fatal error: ", at: at), !text.has("PHP ", at: 0),
        !text.has("Uncaught ", at: at + 13)
      {
        return Array("Fatal error".utf8)
      }
      at += 1
    }
    return isDeath(text) ? Array("died".utf8) : []
  }

  /// `no price at /srv/shop/Cart.pm line 31.`
  private static func isDeath(_ text: Span<UInt8>) -> Bool {
    guard text[text.count - 1] == 0x2e else { return false }
    var at = text.count - 1
    while at > 0, text[at - 1] &- 0x30 < 10 { at -= 1 }
    return at < text.count - 1 && text.has(" line ", at: at - 6)
  }

  private static func word(_ text: Span<UInt8>, _ from: Int) -> [UInt8] {
    var end = from
    while end < text.count, text[end] > 0x20, text[end] != 0x29, text[end] != 0x27,
      text[end] != 0x2c
    {
      end += 1
    }
    return from < end ? copy(text.extracting(from..<end)) : []
  }
}
