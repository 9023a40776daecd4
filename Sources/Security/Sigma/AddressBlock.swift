internal import Bytes

/// A block of IP addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
struct AddressBlock: Equatable, Sendable {
  private let network: IPAddress
  /// Leading bits that count, of 128; an IPv4 block's are behind 96 bits of its own prefix.
  private let bits: Int

  /// nil where `text` is no address with a prefix length behind a slash.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), length >= 0,
      let address = IPAddress(Array(parts[0].utf8).span), length <= (address.isVersion4 ? 32 : 128)
    else { return nil }
    bits = address.isVersion4 ? length + 96 : length
    network = address.prefix(bits)
  }

  func contains(_ text: Span<UInt8>) -> Bool {
    guard let address = IPAddress(text), address.isVersion4 == network.isVersion4 else {
      return false
    }
    return address.prefix(bits) == network
  }
}

/// An IP address as 128 bits; an IPv4 address stands in the last 32.
struct IPAddress: Equatable, Sendable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0
  private(set) var isVersion4 = false

  /// Reads dotted decimal, or RFC 4291's text form without a zone; nil for anything else.
  init?(_ text: Span<UInt8>) {
    guard (2...45).contains(text.count) else { return nil }
    if text.firstIndex(of: 0x3a) == nil {
      guard let value = Self.dotted(text, 0) else { return nil }
      low = UInt64(value)
      isVersion4 = true
    } else if !readGroups(text) {
      return nil
    }
  }

  /// The first bits, the others zero.
  func prefix(_ bits: Int) -> IPAddress {
    var kept = self
    kept.high &= bits >= 64 ? .max : bits == 0 ? 0 : ~(.max >> UInt64(bits))
    kept.low &= bits <= 64 ? 0 : bits == 128 ? .max : ~(.max >> UInt64(bits - 64))
    return kept
  }

  private static func dotted(_ text: Span<UInt8>, _ from: Int) -> UInt32? {
    var value: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var dots = 0
    for at in from..<text.count {
      let byte = text[at]
      if byte == 0x2e {
        guard digits > 0, dots < 3 else { return nil }
        value = value << 8 | part
        part = 0
        digits = 0
        dots += 1
      } else {
        guard byte &- 0x30 < 10, digits < 3 else { return nil }
        part = part * 10 + UInt32(byte &- 0x30)
        digits += 1
        if part > 255 { return nil }
      }
    }
    return dots == 3 && digits > 0 ? value << 8 | part : nil
  }

  private mutating func readGroups(_ text: Span<UInt8>) -> Bool {
    var groups = InlineArray<8, UInt64>(repeating: 0)
    var count = 0
    var gap = -1
    var at = 0
    if text[0] == 0x3a {
      guard text[1] == 0x3a else { return false }
      gap = 0
      at = 2
    }
    while at < text.count {
      let start = at
      var value: UInt64 = 0
      while at < text.count, let digit = text[at].hexValue {
        value = value << 4 | UInt64(digit)
        at += 1
      }
      if at < text.count, text[at] == 0x2e {
        guard count <= 6, let tail = Self.dotted(text, start) else { return false }
        groups[count] = UInt64(tail >> 16)
        groups[count + 1] = UInt64(tail & 0xffff)
        count += 2
        break
      }
      guard (1...4).contains(at - start), count < 8 else { return false }
      groups[count] = value
      count += 1
      if at == text.count { break }
      guard text[at] == 0x3a, at + 1 < text.count else { return false }
      at += 1
      if text[at] == 0x3a {
        guard gap < 0 else { return false }
        gap = count
        at += 1
      }
    }
    guard gap >= 0 ? count < 8 : count == 8 else { return false }
    for index in 0..<8 {
      let behind = index - (8 - count)
      let value: UInt64
      if gap < 0 || index < gap {
        value = groups[index]
      } else {
        value = behind >= gap ? groups[behind] : 0
      }
      if index < 4 { high = high << 16 | value } else { low = low << 16 | value }
    }
    return true
  }

}
