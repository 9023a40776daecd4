internal import Bytes

/// An IPv4 address of the internet as a number: what a login's place is told by.
struct PublicAddress: Equatable, Sendable {
  /// The four bytes, the first one highest.
  let bits: UInt32

  /// nil for anything but an IPv4 address, and for addresses that no network but one's own has
  /// (RFC 6890: private, shared, loopback, link-local, multicast, reserved).
  init?(_ text: Span<UInt8>) {
    guard text.count >= 7, text.count <= 15 else { return nil }
    var bits: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var parts = 0
    for at in 0..<text.count {
      if text[at] &- 0x30 < 10 {
        part = part * 10 + UInt32(text[at] &- 0x30)
        digits += 1
        if part > 255 || digits > 3 { return nil }
      } else {
        guard text[at] == 0x2e, digits > 0, parts < 3 else { return nil }
        bits = bits << 8 | part
        part = 0
        digits = 0
        parts += 1
      }
    }
    guard digits > 0, parts == 3 else { return nil }
    self.init(bits: bits << 8 | part)
    if isOwn { return nil }
  }

  init(bits: UInt32) { self.bits = bits }

  private var isOwn: Bool {
    let first = bits >> 24
    let two = bits >> 16
    return first == 0 || first == 10 || first == 127 || first >= 224 || two == 0xa9fe
      || two == 0xc0a8 || two & 0xfff0 == 0xac10 || two & 0xffc0 == 0x6440
  }

  /// Whether the other one is of another network: one cannot say which, but providers hold blocks of this
  /// size and more (/16).
  func isFar(from other: PublicAddress) -> Bool { bits >> 16 != other.bits >> 16 }

  var text: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }
}
